-- What a desk looks up beside the ledger: who did what, its accounts at brokers, and how their tokens were renewed. None
-- of it comes from the journal. No table has a secret, sealed or not.

ALTER TABLE sink_offsets ADD COLUMN sink text COLLATE "C" NOT NULL DEFAULT 'journal';
COMMENT ON TABLE sink_offsets IS 'How far each partition of a topic has been written here, moved in the same transaction as the rows.';
COMMENT ON COLUMN sink_offsets.sink IS 'Which tables the topic is written to: journal, those that come from the journal; desk, the others.';

CREATE TABLE audit_log (
  occurred_at        timestamptz NOT NULL,
  audit_offset       bigint NOT NULL,
  audit_partition    integer NOT NULL,
  status             integer NOT NULL,
  unrecorded         bigint NOT NULL,
  kind               text COLLATE "C" NOT NULL,
  severity           text COLLATE "C" NOT NULL,
  result             text COLLATE "C" NOT NULL,
  action             text COLLATE "C" NOT NULL,
  key_id             text COLLATE "C" NOT NULL,
  address            text COLLATE "C" NOT NULL,
  request_id         text COLLATE "C" NOT NULL,
  reason             text COLLATE "C",
  account_id         text COLLATE "C",
  broker_account_id  text COLLATE "C",
  subject            text COLLATE "C",
  PRIMARY KEY (audit_partition, audit_offset)
);
CREATE INDEX audit_log_in_time ON audit_log (occurred_at, audit_partition, audit_offset);
CREATE INDEX audit_log_of_broker_account ON audit_log (broker_account_id, occurred_at) WHERE broker_account_id IS NOT NULL;
COMMENT ON TABLE audit_log IS 'What somebody asked of the HTTP API, or of keys with access to Kafka, and what came of it. Old rows go, see audit.retention.days.';
COMMENT ON COLUMN audit_log.audit_partition IS 'Where the event lies in the topic of the audit.';
COMMENT ON COLUMN audit_log.audit_offset IS 'Where the event lies in the topic of the audit.';
COMMENT ON COLUMN audit_log.status IS 'Of the HTTP answer; 0 for what was done without HTTP.';
COMMENT ON COLUMN audit_log.unrecorded IS 'Of refused access: how many refusals before it have no event of their own.';
COMMENT ON COLUMN audit_log.kind IS 'What was done, such as api_key_create; empty of events from before there were kinds.';
COMMENT ON COLUMN audit_log.severity IS 'INFO, WARNING, ERROR or CRITICAL.';
COMMENT ON COLUMN audit_log.result IS 'SUCCESS; FAILURE, it could not be done; REFUSED, it was not allowed or broke a rule.';
COMMENT ON COLUMN audit_log.action IS 'Method and route, or what was done without HTTP.';
COMMENT ON COLUMN audit_log.key_id IS 'The caller''s key; empty when there was none or none that is known.';
COMMENT ON COLUMN audit_log.address IS 'Where the request came from; empty for what was done without HTTP.';
COMMENT ON COLUMN audit_log.request_id IS 'Header X-Request-Id of the answer; empty for what was done without HTTP.';
COMMENT ON COLUMN audit_log.reason IS 'The reason code of a problem.';
COMMENT ON COLUMN audit_log.account_id IS 'The account of the ledger that it was about.';
COMMENT ON COLUMN audit_log.subject IS 'The key that was made, revoked or replaced.';

CREATE TABLE broker_accounts (
  created_at           timestamptz NOT NULL,
  updated_at           timestamptz NOT NULL,
  deleted_at           timestamptz,
  token_issued_at      timestamptz,
  token_expires_at     timestamptz,
  next_refresh_at      timestamptz,
  last_error_at        timestamptz,
  revision             bigint NOT NULL,
  token_version        bigint,
  last_refresh_number  bigint NOT NULL,
  calls_of_day         bigint NOT NULL,
  usage_day            integer NOT NULL,
  failed_refreshes     integer NOT NULL,
  errors_in_row        integer NOT NULL,
  suspended_by_errors  boolean NOT NULL,
  uses_tokens          boolean NOT NULL,
  default_trading      boolean NOT NULL,
  default_data         boolean NOT NULL,
  broker_account_id    text COLLATE "C" NOT NULL,
  owner                text COLLATE "C" NOT NULL,
  name                 text COLLATE "C" NOT NULL,
  number               text COLLATE "C" NOT NULL,
  broker               text COLLATE "C" NOT NULL,
  environment          text COLLATE "C" NOT NULL,
  type                 text COLLATE "C" NOT NULL,
  licence              text COLLATE "C",
  status               text COLLATE "C" NOT NULL,
  description          text COLLATE "C",
  ledger_account_id    text COLLATE "C",
  token_status         text COLLATE "C",
  token_issued_by      text COLLATE "C",
  token_hash           text COLLATE "C",
  last_error           text COLLATE "C",
  permissions          text[] COLLATE "C" NOT NULL,
  tags                 text[] COLLATE "C" NOT NULL,
  properties           jsonb NOT NULL,
  secrets              jsonb NOT NULL,
  operations           jsonb NOT NULL,
  last_call_on         date GENERATED ALWAYS AS (DATE '1970-01-01' + usage_day) STORED,
  PRIMARY KEY (broker_account_id)
) WITH (fillfactor = 70);
COMMENT ON TABLE broker_accounts IS 'Each account at a broker as it is, those that were deleted as they were last. Secrets and tokens are not here.';
COMMENT ON COLUMN broker_accounts.updated_at IS 'The last change by a person.';
COMMENT ON COLUMN broker_accounts.deleted_at IS 'Null while the account is there.';
COMMENT ON COLUMN broker_accounts.token_expires_at IS 'Null without a token, and where the broker does not say.';
COMMENT ON COLUMN broker_accounts.next_refresh_at IS 'When the token is due; null while none is under way that could be.';
COMMENT ON COLUMN broker_accounts.revision IS 'Counts the changes, from 1 on.';
COMMENT ON COLUMN broker_accounts.token_version IS 'Null without a token.';
COMMENT ON COLUMN broker_accounts.last_refresh_number IS 'Of the last refresh in token_refreshes; 0 before the first.';
COMMENT ON COLUMN broker_accounts.calls_of_day IS 'Calls on the day of the last one.';
COMMENT ON COLUMN broker_accounts.usage_day IS 'The UTC day of the last call, in days since 1970; 0 before the first.';
COMMENT ON COLUMN broker_accounts.failed_refreshes IS 'In a row.';
COMMENT ON COLUMN broker_accounts.errors_in_row IS 'Of calls, as callers report them.';
COMMENT ON COLUMN broker_accounts.suspended_by_errors IS 'Suspended because of errors in a row, not by a person.';
COMMENT ON COLUMN broker_accounts.status IS 'ACTIVE, INACTIVE, SUSPENDED or PENDING_VERIFICATION.';
COMMENT ON COLUMN broker_accounts.token_status IS 'VALID, EXPIRED or REVOKED; null without a token.';
COMMENT ON COLUMN broker_accounts.token_issued_by IS 'PERSON or REFRESH; null without a token.';
COMMENT ON COLUMN broker_accounts.token_hash IS 'SHA-256 of the access token in hexadecimal digits.';
COMMENT ON COLUMN broker_accounts.properties IS 'What the broker needs to know and is no secret, by name.';
COMMENT ON COLUMN broker_accounts.secrets IS 'Which secrets the account has, those of its token included, by name: version of the secret, and keyVersion of the master key that it is sealed with.';
COMMENT ON COLUMN broker_accounts.operations IS 'By operation: calls, errors, and how often the account was routed to for it.';
COMMENT ON COLUMN broker_accounts.last_call_on IS 'usage_day as a date (UTC).';

CREATE TABLE token_refreshes (
  requested_at       timestamptz NOT NULL,
  ended_at           timestamptz,
  number             bigint NOT NULL,
  attempts           integer NOT NULL,
  broker_account_id  text COLLATE "C" NOT NULL,
  trigger            text COLLATE "C" NOT NULL,
  outcome            text COLLATE "C" NOT NULL,
  code               text COLLATE "C",
  old_token_hash     text COLLATE "C",
  new_token_hash     text COLLATE "C",
  PRIMARY KEY (broker_account_id, number)
) WITH (fillfactor = 70);
CREATE INDEX token_refreshes_in_time ON token_refreshes (requested_at);
COMMENT ON TABLE token_refreshes IS 'Each refresh of a broker account''s token; more of them than the topic keeps.';
COMMENT ON COLUMN token_refreshes.ended_at IS 'Null while it is under way.';
COMMENT ON COLUMN token_refreshes.number IS 'Counts the refreshes of the account, from 1 on.';
COMMENT ON COLUMN token_refreshes.trigger IS 'SCHEDULED, MANUAL, ON_DEMAND, EXPIRY_SOON, EXPIRED or ERROR.';
COMMENT ON COLUMN token_refreshes.outcome IS 'PENDING, SUCCEEDED, FAILED or CANCELLED.';
COMMENT ON COLUMN token_refreshes.code IS 'Why it did not succeed.';
COMMENT ON COLUMN token_refreshes.old_token_hash IS 'SHA-256 of the token before, in hexadecimal digits.';
COMMENT ON COLUMN token_refreshes.new_token_hash IS 'SHA-256 of the token that it brought, in hexadecimal digits.';
