-- Raw amounts are counts of an asset's smallest units, in columns that end in _units. Beside each stands the amount in
-- whole units, made from it by the database, so that the two cannot differ.
-- Ids are ASCII: comparing their bytes is right, and several times faster than a language's order.

CREATE FUNCTION whole_units(units bigint, scale integer) RETURNS numeric
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN units * (ARRAY[1, 0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001, 0.0000001, 0.00000001, 0.000000001,
    0.0000000001, 0.00000000001, 0.000000000001, 0.0000000000001, 0.00000000000001, 0.000000000000001,
    0.0000000000000001, 0.00000000000000001, 0.000000000000000001]::numeric[])[scale + 1];
COMMENT ON FUNCTION whole_units IS 'Units times 10^-scale, for scales from 0 to 18; null when either is null.';

CREATE TABLE sink_offsets (
  topic        text COLLATE "C" NOT NULL,
  partition    integer NOT NULL,
  next_offset  bigint NOT NULL,
  owner        uuid,
  updated_at   timestamptz NOT NULL,
  PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);
COMMENT ON TABLE sink_offsets IS 'How far each partition of the journal has been written here, moved in the same transaction as the rows.';
COMMENT ON COLUMN sink_offsets.next_offset IS 'Everything below it is in these tables, nothing from it on.';
COMMENT ON COLUMN sink_offsets.owner IS 'The task that may write the partition; null: the next task that wants to.';
COMMENT ON COLUMN sink_offsets.updated_at IS 'When next_offset or owner was set, by the clock of this server.';

CREATE TABLE journal (
  occurred_at        timestamptz NOT NULL,
  sequence           bigint NOT NULL,
  account_id         text COLLATE "C" NOT NULL,
  kind               text COLLATE "C" NOT NULL,
  command_id         text COLLATE "C",
  source_topic       text COLLATE "C",
  source_partition   integer,
  source_offset      bigint,
  content_hash       bytea,
  body               jsonb NOT NULL,
  previous_hash      bytea NOT NULL,
  hash               bytea NOT NULL,
  journal_partition  integer NOT NULL,
  journal_offset     bigint NOT NULL,
  PRIMARY KEY (account_id, sequence, occurred_at)
) PARTITION BY RANGE (occurred_at);
COMMENT ON TABLE journal IS 'One row for each decision. A table for each month (UTC) of occurred_at, made when the first entry of the month comes.';
COMMENT ON COLUMN journal.occurred_at IS 'When the decided input happened; the deadline, for an expiry.';
COMMENT ON COLUMN journal.sequence IS '1, 2, 3 … within the account, without gap.';
COMMENT ON COLUMN journal.kind IS 'What the entry records: the name of its body in the contract, such as OrderAccepted.';
COMMENT ON COLUMN journal.command_id IS 'Null for fills, expiries and what comes of a transfer.';
COMMENT ON COLUMN journal.source_topic IS 'Where the decided record lies; null for an expiry.';
COMMENT ON COLUMN journal.content_hash IS 'SHA-256 of the decided content, as a repeat is recognised by; null for an expiry.';
COMMENT ON COLUMN journal.body IS 'The fields of the body as in the contract: amounts in units, instants as ISO 8601, absent fields left out, a field of several possible records as {"name of the record": fields}.';
COMMENT ON COLUMN journal.previous_hash IS 'The hash of the account''s entry before; zeros for the first.';
COMMENT ON COLUMN journal.hash IS 'SHA-256 of the entry''s Avro bytes before it, previous_hash included.';
COMMENT ON COLUMN journal.journal_partition IS 'Where the entry lies in the journal''s topic.';
COMMENT ON COLUMN journal.journal_offset IS 'Where the entry lies in the journal''s topic.';

-- What a wrong clock can say makes no more tables than there are months from 2000 to 2099.
CREATE TABLE journal_before_2000 PARTITION OF journal
  FOR VALUES FROM (MINVALUE) TO ('2000-01-01 00:00:00+00');
CREATE TABLE journal_from_2100 PARTITION OF journal
  FOR VALUES FROM ('2100-01-01 00:00:00+00') TO (MAXVALUE);

CREATE TABLE postings (
  occurred_at          timestamptz NOT NULL,
  sequence             bigint NOT NULL,
  number               smallint NOT NULL,
  scale                smallint NOT NULL,
  amount_units         bigint NOT NULL,
  balance_after_units  bigint,
  account_id           text COLLATE "C" NOT NULL,
  ledger_account       text COLLATE "C" NOT NULL,
  strategy             text COLLATE "C" NOT NULL,
  asset                text COLLATE "C" NOT NULL,
  amount               numeric GENERATED ALWAYS AS (whole_units(amount_units, scale)) STORED,
  balance_after        numeric GENERATED ALWAYS AS (whole_units(balance_after_units, scale)) STORED
);
-- No primary key: the journal's sees to it that no entry comes twice, and a second one would cost a fifth of the speed.
CREATE INDEX postings_of_account ON postings (account_id, occurred_at);
COMMENT ON TABLE postings IS 'The movements of each entry; they add up to zero per entry and asset.';
COMMENT ON COLUMN postings.occurred_at IS 'Of the entry.';
COMMENT ON COLUMN postings.sequence IS 'Of the entry.';
COMMENT ON COLUMN postings.number IS '1, 2, 3 … within the entry.';
COMMENT ON COLUMN postings.scale IS 'Of the asset: amounts are counts of 10^-scale.';
COMMENT ON COLUMN postings.amount_units IS 'In units of the asset; positive: the ledger account grows.';
COMMENT ON COLUMN postings.balance_after_units IS 'What AVAILABLE or RESERVED of the account, strategy and asset is after this posting, in units of the asset; null for other ledger accounts.';
COMMENT ON COLUMN postings.ledger_account IS 'AVAILABLE, RESERVED, EXTERNAL, ADJUSTMENT, CLEARING, VENUE, FEES or TRANSIT.';
COMMENT ON COLUMN postings.strategy IS 'Empty for the unallocated money, and for everything but AVAILABLE and RESERVED.';
COMMENT ON COLUMN postings.amount IS 'amount_units in whole units of the asset.';
COMMENT ON COLUMN postings.balance_after IS 'balance_after_units in whole units of the asset.';

CREATE TABLE trades (
  occurred_at         timestamptz NOT NULL,
  sequence            bigint NOT NULL,
  quantity_units      bigint NOT NULL,
  price_units         bigint NOT NULL,
  notional_units      bigint NOT NULL,
  fee_units           bigint NOT NULL,
  realized_pnl_units  bigint NOT NULL,
  suspended_sequence  bigint,
  base_scale          smallint NOT NULL,
  quote_scale         smallint NOT NULL,
  price_scale         smallint NOT NULL,
  fee_scale           smallint NOT NULL,
  late                boolean NOT NULL,
  account_id          text COLLATE "C" NOT NULL,
  strategy            text COLLATE "C" NOT NULL,
  order_id            text COLLATE "C" NOT NULL,
  execution_id        text COLLATE "C" NOT NULL,
  kind                text COLLATE "C" NOT NULL,
  instrument          text COLLATE "C" NOT NULL,
  side                text COLLATE "C" NOT NULL,
  liquidity           text COLLATE "C" NOT NULL,
  base_asset          text COLLATE "C" NOT NULL,
  quote_asset         text COLLATE "C" NOT NULL,
  fee_asset           text COLLATE "C" NOT NULL,
  venue               text COLLATE "C",
  trade_id            text COLLATE "C",
  quantity            numeric GENERATED ALWAYS AS (whole_units(quantity_units, base_scale)) STORED,
  price               numeric GENERATED ALWAYS AS (whole_units(price_units, price_scale)) STORED,
  notional            numeric GENERATED ALWAYS AS (whole_units(notional_units, quote_scale)) STORED,
  fee                 numeric GENERATED ALWAYS AS (whole_units(fee_units, fee_scale)) STORED,
  realized_pnl        numeric GENERATED ALWAYS AS (whole_units(realized_pnl_units, quote_scale)) STORED,
  PRIMARY KEY (account_id, occurred_at, sequence)
);
COMMENT ON TABLE trades IS 'One row for each fill that was settled, and for each that was taken back.';
COMMENT ON COLUMN trades.occurred_at IS 'Of the entry.';
COMMENT ON COLUMN trades.sequence IS 'Of the entry.';
COMMENT ON COLUMN trades.kind IS 'NEW, or BUST: the figures of the fill it takes back, which count against it; realized_pnl alone has its sign already.';
COMMENT ON COLUMN trades.quantity_units IS 'In units of the base asset.';
COMMENT ON COLUMN trades.price_units IS 'In 10^-price_scale of the quote asset for one whole unit of the base asset.';
COMMENT ON COLUMN trades.notional_units IS 'What was paid or received before fees, in units of the quote asset.';
COMMENT ON COLUMN trades.fee_units IS 'In units of the fee asset; negative: a rebate.';
COMMENT ON COLUMN trades.fee_scale IS 'Of the fee asset; 0 without a fee.';
COMMENT ON COLUMN trades.realized_pnl_units IS 'What it added to the position''s realised profit, before fees, in units of the quote asset.';
COMMENT ON COLUMN trades.late IS 'The order had been closed before.';
COMMENT ON COLUMN trades.suspended_sequence IS 'The entry that had suspended the fill; null: it settled at once.';
COMMENT ON COLUMN trades.venue IS 'Who reported it; null on the legs of a trade that Bursar split.';
COMMENT ON COLUMN trades.quantity IS 'quantity_units in whole units of the base asset.';
COMMENT ON COLUMN trades.price IS 'In whole units of the quote asset for one whole unit of the base asset.';
COMMENT ON COLUMN trades.notional IS 'notional_units in whole units of the quote asset.';
COMMENT ON COLUMN trades.fee IS 'fee_units in whole units of the fee asset.';
COMMENT ON COLUMN trades.realized_pnl IS 'realized_pnl_units in whole units of the quote asset.';

CREATE TABLE accounts (
  account_time        timestamptz NOT NULL,
  last_sequence       bigint NOT NULL,
  taker_fee_rate      integer NOT NULL,
  journal_partition   integer NOT NULL,
  account_id          text COLLATE "C" PRIMARY KEY,
  status              text COLLATE "C" NOT NULL,
  cost_method         text COLLATE "C" NOT NULL,
  owner               text NOT NULL,
  name                text NOT NULL,
  market_permissions  text[] NOT NULL,
  last_hash           bytea NOT NULL
) WITH (fillfactor = 70);
COMMENT ON TABLE accounts IS 'Every account that something was ever decided about.';
COMMENT ON COLUMN accounts.account_time IS 'The largest occurred_at that the account has accepted; 1970 before the first.';
COMMENT ON COLUMN accounts.last_sequence IS 'Of the last entry; the next one must have the number after it.';
COMMENT ON COLUMN accounts.last_hash IS 'Of the last entry; the next one must name it as the hash before its own.';
COMMENT ON COLUMN accounts.taker_fee_rate IS 'In 1/1,000,000 of the notional: what a BUY reserves for fees.';
COMMENT ON COLUMN accounts.journal_partition IS 'The partition of the journal''s topic that the account''s entries lie in.';
COMMENT ON COLUMN accounts.status IS 'UNOPENED, OPEN, SUSPENDED or CLOSED. UNOPENED: commands came for it, but never an accepted OpenAccount.';
COMMENT ON COLUMN accounts.cost_method IS 'AVERAGE or FIFO: what a sale relieves.';
COMMENT ON COLUMN accounts.market_permissions IS 'The markets whose instruments the account may order, beside those of instruments that name no market.';

CREATE TABLE strategies (
  first_seen_at   timestamptz NOT NULL,
  first_sequence  bigint NOT NULL,
  account_id      text COLLATE "C" NOT NULL,
  strategy        text COLLATE "C" NOT NULL,
  PRIMARY KEY (account_id, strategy)
);
COMMENT ON TABLE strategies IS 'Every strategy of an account that money, a position, an order or a quota ever named, a refused order''s included.';
COMMENT ON COLUMN strategies.first_seen_at IS 'When the first entry that named it happened.';
COMMENT ON COLUMN strategies.first_sequence IS 'The first entry that named it.';

CREATE TABLE balances (
  last_sequence   bigint NOT NULL,
  total_units     bigint NOT NULL,
  reserved_units  bigint NOT NULL,
  scale           smallint NOT NULL,
  account_id      text COLLATE "C" NOT NULL,
  strategy        text COLLATE "C" NOT NULL,
  asset           text COLLATE "C" NOT NULL,
  total           numeric GENERATED ALWAYS AS (whole_units(total_units, scale)) STORED,
  reserved        numeric GENERATED ALWAYS AS (whole_units(reserved_units, scale)) STORED,
  available       numeric GENERATED ALWAYS AS (whole_units(total_units - reserved_units, scale)) STORED,
  PRIMARY KEY (account_id, strategy, asset)
) WITH (fillfactor = 70);
COMMENT ON TABLE balances IS 'What an account holds, for each strategy and asset.';
COMMENT ON COLUMN balances.last_sequence IS 'The entry that left it like this.';
COMMENT ON COLUMN balances.strategy IS 'Empty: the unallocated money.';
COMMENT ON COLUMN balances.scale IS 'Of the asset: amounts are counts of 10^-scale.';
COMMENT ON COLUMN balances.total_units IS 'In units of the asset, what is reserved included.';
COMMENT ON COLUMN balances.reserved_units IS 'What open orders hold, in units of the asset.';
COMMENT ON COLUMN balances.total IS 'total_units in whole units of the asset.';
COMMENT ON COLUMN balances.reserved IS 'reserved_units in whole units of the asset.';
COMMENT ON COLUMN balances.available IS 'total − reserved, in whole units of the asset.';

CREATE TABLE positions (
  last_sequence             bigint NOT NULL,
  quantity_units            bigint NOT NULL,
  cost_basis_units          bigint NOT NULL,
  realized_pnl_units        bigint NOT NULL,
  uncovered_quantity_units  bigint NOT NULL,
  oldest_lot                bigint NOT NULL,
  next_lot                  bigint NOT NULL,
  base_scale                smallint NOT NULL,
  quote_scale               smallint NOT NULL,
  price_scale               smallint NOT NULL,
  account_id                text COLLATE "C" NOT NULL,
  strategy                  text COLLATE "C" NOT NULL,
  instrument                text COLLATE "C" NOT NULL,
  base_asset                text COLLATE "C" NOT NULL,
  quote_asset               text COLLATE "C" NOT NULL,
  fees_paid                 jsonb NOT NULL,
  quantity                  numeric GENERATED ALWAYS AS (whole_units(quantity_units, base_scale)) STORED,
  cost_basis                numeric GENERATED ALWAYS AS (whole_units(cost_basis_units, quote_scale)) STORED,
  realized_pnl              numeric GENERATED ALWAYS AS (whole_units(realized_pnl_units, quote_scale)) STORED,
  uncovered_quantity        numeric GENERATED ALWAYS AS (whole_units(uncovered_quantity_units, base_scale)) STORED,
  PRIMARY KEY (account_id, strategy, instrument)
) WITH (fillfactor = 70);
COMMENT ON TABLE positions IS 'What the holdings of an instrument cost, for each strategy.';
COMMENT ON COLUMN positions.last_sequence IS 'The entry that left it like this.';
COMMENT ON COLUMN positions.quantity_units IS 'In units of the base asset.';
COMMENT ON COLUMN positions.cost_basis_units IS 'What all of the quantity cost, in units of the quote asset.';
COMMENT ON COLUMN positions.realized_pnl_units IS 'Before fees, in units of the quote asset.';
COMMENT ON COLUMN positions.uncovered_quantity_units IS 'Sold without having been bought, in units of the base asset.';
COMMENT ON COLUMN positions.oldest_lot IS 'Of an account with FIFO lots: the number of the oldest lot.';
COMMENT ON COLUMN positions.next_lot IS 'Of an account with FIFO lots: the number that the next lot gets; equal to oldest_lot when there is none.';
COMMENT ON COLUMN positions.fees_paid IS 'By asset, amounts in units of the asset, negative: more rebates than fees. The view position_fees has them as rows.';
COMMENT ON COLUMN positions.quantity IS 'quantity_units in whole units of the base asset.';
COMMENT ON COLUMN positions.cost_basis IS 'cost_basis_units in whole units of the quote asset.';
COMMENT ON COLUMN positions.realized_pnl IS 'realized_pnl_units in whole units of the quote asset.';
COMMENT ON COLUMN positions.uncovered_quantity IS 'uncovered_quantity_units in whole units of the base asset.';

CREATE TABLE lots (
  last_sequence   bigint NOT NULL,
  number          bigint NOT NULL,
  quantity_units  bigint NOT NULL,
  cost_units      bigint NOT NULL,
  base_scale      smallint NOT NULL,
  quote_scale     smallint NOT NULL,
  account_id      text COLLATE "C" NOT NULL,
  strategy        text COLLATE "C" NOT NULL,
  instrument      text COLLATE "C" NOT NULL,
  quantity        numeric GENERATED ALWAYS AS (whole_units(quantity_units, base_scale)) STORED,
  cost            numeric GENERATED ALWAYS AS (whole_units(cost_units, quote_scale)) STORED,
  PRIMARY KEY (account_id, strategy, instrument, number)
);
COMMENT ON TABLE lots IS 'What accounts with FIFO lots bought or brought in at once, as far as it is still there; a lot that is used up has no row.';
COMMENT ON COLUMN lots.last_sequence IS 'The entry that left it like this.';
COMMENT ON COLUMN lots.number IS 'Within account, strategy and instrument; the lowest is the oldest.';
COMMENT ON COLUMN lots.quantity_units IS 'In units of the base asset.';
COMMENT ON COLUMN lots.cost_units IS 'What the quantity cost, in units of the quote asset.';
COMMENT ON COLUMN lots.quantity IS 'quantity_units in whole units of the base asset.';
COMMENT ON COLUMN lots.cost IS 'cost_units in whole units of the quote asset.';

CREATE TABLE orders (
  placed_at               timestamptz NOT NULL,
  expires_at              timestamptz NOT NULL,
  closed_at               timestamptz,
  last_sequence           bigint NOT NULL,
  decided_sequence        bigint NOT NULL,
  quantity_units          bigint,
  limit_price_units       bigint,
  notional_units          bigint,
  filled_quantity_units   bigint NOT NULL,
  filled_notional_units   bigint NOT NULL,
  held_units              bigint NOT NULL,
  largest_quantity_units  bigint,
  loosest_limit_units     bigint,
  taker_fee_rate          integer NOT NULL,
  suspended_fills         integer NOT NULL,
  base_scale              smallint,
  quote_scale             smallint,
  price_scale             smallint,
  reduce_only             boolean NOT NULL,
  account_id              text COLLATE "C" NOT NULL,
  order_id                text COLLATE "C" NOT NULL,
  strategy                text COLLATE "C" NOT NULL,
  instrument              text COLLATE "C" NOT NULL,
  side                    text COLLATE "C" NOT NULL,
  type                    text COLLATE "C" NOT NULL,
  status                  text COLLATE "C" NOT NULL,
  base_asset              text COLLATE "C",
  quote_asset             text COLLATE "C",
  content_hash            bytea NOT NULL,
  rejection               jsonb,
  quantity                numeric GENERATED ALWAYS AS (whole_units(quantity_units, base_scale)) STORED,
  limit_price             numeric GENERATED ALWAYS AS (whole_units(limit_price_units, price_scale)) STORED,
  notional                numeric GENERATED ALWAYS AS (whole_units(notional_units, quote_scale)) STORED,
  filled_quantity         numeric GENERATED ALWAYS AS (whole_units(filled_quantity_units, base_scale)) STORED,
  filled_notional         numeric GENERATED ALWAYS AS (whole_units(filled_notional_units, quote_scale)) STORED,
  held                    numeric GENERATED ALWAYS AS
    (whole_units(held_units, CASE side WHEN 'BUY' THEN quote_scale ELSE base_scale END)) STORED,
  PRIMARY KEY (account_id, order_id)
) WITH (fillfactor = 70);
CREATE INDEX orders_open ON orders (account_id, expires_at) WHERE status IN ('ACTIVE', 'PARTIALLY_FILLED');
COMMENT ON TABLE orders IS 'Every order, open, closed or rejected. An id that is used again after it was forgotten shows its last order; the journal has them all.';
COMMENT ON COLUMN orders.expires_at IS 'The last instant at which the order holds money.';
COMMENT ON COLUMN orders.closed_at IS 'In account time; null while it is open.';
COMMENT ON COLUMN orders.last_sequence IS 'The entry that left it like this.';
COMMENT ON COLUMN orders.decided_sequence IS 'The entry that accepted or rejected it.';
COMMENT ON COLUMN orders.status IS 'ACTIVE and PARTIALLY_FILLED are open; FILLED, CANCELLED, EXPIRED and REJECTED are not.';
COMMENT ON COLUMN orders.quantity_units IS 'In units of the base asset; on a BUY by notional the most that may be bought.';
COMMENT ON COLUMN orders.limit_price_units IS 'In 10^-price_scale of the quote asset for one whole unit of the base asset.';
COMMENT ON COLUMN orders.notional_units IS 'The most that may be spent, fees included, in units of the quote asset.';
COMMENT ON COLUMN orders.filled_quantity_units IS 'In units of the base asset.';
COMMENT ON COLUMN orders.filled_notional_units IS 'Before fees, in units of the quote asset.';
COMMENT ON COLUMN orders.held_units IS 'What it still reserves: of a BUY in units of the quote asset, of a SELL in units of the base asset.';
COMMENT ON COLUMN orders.largest_quantity_units IS 'The largest quantity it ever had, in units of the base asset.';
COMMENT ON COLUMN orders.loosest_limit_units IS 'The limit most favourable to the venue that it ever had, as limit_price_units.';
COMMENT ON COLUMN orders.taker_fee_rate IS 'In 1/1,000,000; the account''s when it was placed.';
COMMENT ON COLUMN orders.suspended_fills IS 'How many fills of it are suspended.';
COMMENT ON COLUMN orders.base_scale IS 'Null, like assets and other scales, on an order that was rejected before its instrument was looked up.';
COMMENT ON COLUMN orders.content_hash IS 'SHA-256 of the PlaceOrder.';
COMMENT ON COLUMN orders.rejection IS 'Why it was rejected, and the numbers that explain it.';
COMMENT ON COLUMN orders.quantity IS 'quantity_units in whole units of the base asset.';
COMMENT ON COLUMN orders.limit_price IS 'In whole units of the quote asset for one whole unit of the base asset.';
COMMENT ON COLUMN orders.notional IS 'notional_units in whole units of the quote asset.';
COMMENT ON COLUMN orders.filled_quantity IS 'filled_quantity_units in whole units of the base asset.';
COMMENT ON COLUMN orders.filled_notional IS 'filled_notional_units in whole units of the quote asset.';
COMMENT ON COLUMN orders.held IS 'held_units in whole units: of a BUY of the quote asset, of a SELL of the base asset.';

CREATE TABLE suspended_fills (
  occurred_at     timestamptz NOT NULL,
  sequence        bigint NOT NULL,
  quantity_units  bigint NOT NULL,
  price_units     bigint NOT NULL,
  account_id      text COLLATE "C" NOT NULL,
  order_id        text COLLATE "C" NOT NULL,
  execution_id    text COLLATE "C" NOT NULL,
  kind            text COLLATE "C" NOT NULL,
  instrument      text COLLATE "C" NOT NULL,
  side            text COLLATE "C" NOT NULL,
  reason          text COLLATE "C" NOT NULL,
  rejection       jsonb NOT NULL,
  fill            jsonb NOT NULL,
  PRIMARY KEY (account_id, sequence)
);
COMMENT ON TABLE suspended_fills IS 'Fills that could not be settled and wait for their order or an operator; one that was settled or discarded has no row.';
COMMENT ON COLUMN suspended_fills.sequence IS 'Of the entry that suspended it: the handle by which it is resolved.';
COMMENT ON COLUMN suspended_fills.quantity_units IS 'In units of the base asset, as reported. Nobody vouches that the instrument is known, so there is no scale.';
COMMENT ON COLUMN suspended_fills.price_units IS 'In price units of the instrument, as reported.';
COMMENT ON COLUMN suspended_fills.reason IS 'The reason code.';
COMMENT ON COLUMN suspended_fills.rejection IS 'The reason, and the numbers that explain it.';
COMMENT ON COLUMN suspended_fills.fill IS 'The whole fill, as in the contract.';

CREATE TABLE quotas (
  last_sequence         bigint NOT NULL,
  max_open_orders       integer,
  max_orders_per_day    integer,
  account_id            text COLLATE "C" NOT NULL,
  strategy              text COLLATE "C" NOT NULL,
  max_notional_per_day  jsonb NOT NULL,
  max_order_notional    jsonb NOT NULL,
  max_position          jsonb NOT NULL,
  PRIMARY KEY (account_id, strategy)
);
COMMENT ON TABLE quotas IS 'What strategies and whole accounts may do at most, as it was set last; a limit that is null or absent is no limit.';
COMMENT ON COLUMN quotas.last_sequence IS 'The entry that set it.';
COMMENT ON COLUMN quotas.strategy IS 'Empty: the limits of the whole account.';
COMMENT ON COLUMN quotas.max_notional_per_day IS 'By quote asset, in units of the asset.';
COMMENT ON COLUMN quotas.max_order_notional IS 'By quote asset, in units of the asset.';
COMMENT ON COLUMN quotas.max_position IS 'By instrument, in units of its base asset.';

CREATE TABLE transfers (
  sent_at        timestamptz NOT NULL,
  sequence       bigint NOT NULL,
  amount_units   bigint NOT NULL,
  scale          smallint NOT NULL,
  account_id     text COLLATE "C" NOT NULL,
  transfer_id    text COLLATE "C" NOT NULL,
  to_account_id  text COLLATE "C" NOT NULL,
  asset          text COLLATE "C" NOT NULL,
  amount         numeric GENERATED ALWAYS AS (whole_units(amount_units, scale)) STORED,
  PRIMARY KEY (account_id, transfer_id)
);
COMMENT ON TABLE transfers IS 'Money on its way to another account; a transfer that has arrived or come back has no row.';
COMMENT ON COLUMN transfers.account_id IS 'Whose money it was.';
COMMENT ON COLUMN transfers.transfer_id IS 'The id of the command that sent it.';
COMMENT ON COLUMN transfers.sequence IS 'The entry with which it left.';
COMMENT ON COLUMN transfers.amount_units IS 'In units of the asset.';
COMMENT ON COLUMN transfers.amount IS 'amount_units in whole units of the asset.';

CREATE VIEW trial_balance AS
  SELECT asset, scale, sum(amount_units) AS sum_units, sum(amount) AS sum, count(*) AS postings
  FROM postings
  GROUP BY asset, scale;
COMMENT ON VIEW trial_balance IS 'What all postings of an asset add up to: zero, always.';

CREATE VIEW ledger_accounts AS
  SELECT ledger_account, asset, scale, sum(amount_units) AS sum_units, sum(amount) AS sum
  FROM postings
  GROUP BY ledger_account, asset, scale;
COMMENT ON VIEW ledger_accounts IS 'What all postings of a ledger account and asset add up to: what is held, has come in, was paid as fees, is on its way.';

CREATE VIEW account_statement AS
  SELECT p.account_id, p.strategy, p.asset, p.ledger_account, p.occurred_at, p.sequence, p.number,
    j.kind, j.command_id, p.amount, p.balance_after AS running_total, p.amount_units,
    p.balance_after_units AS running_total_units, j.body
  FROM postings p
  JOIN journal j ON j.account_id = p.account_id AND j.sequence = p.sequence AND j.occurred_at = p.occurred_at
  WHERE p.ledger_account IN ('AVAILABLE', 'RESERVED');
COMMENT ON VIEW account_statement IS 'What moved available and reserved money of an account, and what each of the two was then. In the order of sequence and number.';

CREATE VIEW position_fees AS
  SELECT p.account_id, p.strategy, p.instrument, f.asset, f.scale, f.amount AS amount_units,
    whole_units(f.amount, f.scale) AS amount
  FROM positions p, jsonb_to_recordset(p.fees_paid) AS f (asset text, scale smallint, amount bigint);
COMMENT ON VIEW position_fees IS 'The fees of each position by asset; negative: more rebates than fees.';
