-- The same job as Bursar's, as one would write it on PostgreSQL: an order reserves the most that it can cost, a fill
-- settles once, a position at average cost, one journal row for each decision, and repeats are recognised.
-- Amounts are counted as in Bursar: cents, units of 10^-8 BTC, prices in cents per BTC.

-- Rows that change in place need room beside them, or every change would touch the indexes.
CREATE TABLE accounts (
  id        text PRIMARY KEY,
  fee_rate  integer NOT NULL,
  sequence  bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE balances (
  account   text NOT NULL,
  asset     text NOT NULL,
  total     bigint NOT NULL,
  reserved  bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (account, asset),
  CHECK (0 <= reserved AND reserved <= total)
) WITH (fillfactor = 50);

CREATE TABLE orders (
  account   text NOT NULL,
  id        text NOT NULL,
  side      "char" NOT NULL,
  quantity  bigint NOT NULL,
  price     bigint NOT NULL,
  filled    bigint NOT NULL DEFAULT 0,
  held      bigint NOT NULL,
  status    "char" NOT NULL,
  PRIMARY KEY (account, id)
) WITH (fillfactor = 70);

CREATE TABLE executions (
  account   text NOT NULL,
  order_id  text NOT NULL,
  id        text NOT NULL,
  PRIMARY KEY (account, order_id, id)
);

CREATE TABLE positions (
  account       text NOT NULL,
  instrument    text NOT NULL,
  quantity      bigint NOT NULL,
  cost_basis    bigint NOT NULL,
  realized_pnl  bigint NOT NULL,
  fees_paid     bigint NOT NULL,
  PRIMARY KEY (account, instrument)
) WITH (fillfactor = 50);

CREATE TABLE journal (
  account      text NOT NULL,
  sequence     bigint NOT NULL,
  kind         text NOT NULL,
  occurred_at  timestamptz NOT NULL,
  reference    text NOT NULL,
  side         "char" NOT NULL,
  quantity     bigint NOT NULL,
  price        bigint NOT NULL,
  quote_total  bigint,
  base_total   bigint,
  PRIMARY KEY (account, sequence)
);

-- Rounded up: what an order can cost at most, with its fee.
CREATE FUNCTION worst_case(quantity bigint, price bigint, fee_rate integer) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT n + ceil(n * fee_rate / 1000000.0)::bigint
  FROM (SELECT ceil(quantity::numeric * price / 100000000)::bigint AS n) AS notional
$$;

CREATE FUNCTION place(p_account text, p_id text, p_side "char", p_quantity bigint, p_price bigint, p_at timestamptz)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_sequence bigint;
  v_fee_rate integer;
  v_hold bigint;
  v_fits boolean;
BEGIN
  -- The account's row comes first, so that everything about an account is done one after the other.
  UPDATE accounts SET sequence = sequence + 1 WHERE id = p_account RETURNING sequence, fee_rate INTO v_sequence, v_fee_rate;
  v_hold := CASE p_side WHEN 'B' THEN worst_case(p_quantity, p_price, v_fee_rate) ELSE p_quantity END;
  INSERT INTO orders (account, id, side, quantity, price, held, status)
    VALUES (p_account, p_id, p_side, p_quantity, p_price, v_hold, 'A')
    ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    UPDATE accounts SET sequence = sequence - 1 WHERE id = p_account;
    RETURN 'repeated';
  END IF;
  UPDATE balances SET reserved = reserved + v_hold
    WHERE account = p_account AND asset = CASE p_side WHEN 'B' THEN 'USD' ELSE 'BTC' END AND total - reserved >= v_hold;
  v_fits := FOUND;
  IF NOT v_fits THEN
    UPDATE orders SET status = 'R', held = 0 WHERE account = p_account AND id = p_id;
  END IF;
  INSERT INTO journal (account, sequence, kind, occurred_at, reference, side, quantity, price)
    VALUES (p_account, v_sequence, CASE WHEN v_fits THEN 'OrderAccepted' ELSE 'OrderRejected' END,
            p_at, p_id, p_side, p_quantity, p_price);
  RETURN CASE WHEN v_fits THEN 'accepted' ELSE 'rejected' END;
END $$;

CREATE FUNCTION settle(p_account text, p_order text, p_id text, p_quantity bigint, p_price bigint, p_fee bigint, p_at timestamptz)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_sequence bigint;
  v_order orders;
  v_notional bigint;
  v_quote bigint;
  v_base bigint;
BEGIN
  UPDATE accounts SET sequence = sequence + 1 WHERE id = p_account RETURNING sequence INTO v_sequence;
  INSERT INTO executions (account, order_id, id) VALUES (p_account, p_order, p_id) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    UPDATE accounts SET sequence = sequence - 1 WHERE id = p_account;
    RETURN 'repeated';
  END IF;
  -- In full, as all fills of the benchmark are; OLD is what it held before.
  UPDATE orders SET filled = filled + p_quantity, status = 'F'
    WHERE account = p_account AND id = p_order AND status = 'A' AND filled + p_quantity = quantity
    RETURNING * INTO v_order;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no open order % of account %', p_order, p_account;
  END IF;
  v_notional := p_quantity::numeric * p_price / 100000000;
  IF v_order.side = 'B' THEN
    UPDATE balances SET total = total - v_notional - p_fee, reserved = reserved - v_order.held
      WHERE account = p_account AND asset = 'USD' RETURNING total INTO v_quote;
    UPDATE balances SET total = total + p_quantity WHERE account = p_account AND asset = 'BTC' RETURNING total INTO v_base;
  ELSE
    UPDATE balances SET total = total - p_quantity, reserved = reserved - v_order.held
      WHERE account = p_account AND asset = 'BTC' RETURNING total INTO v_base;
    UPDATE balances SET total = total + v_notional - p_fee WHERE account = p_account AND asset = 'USD' RETURNING total INTO v_quote;
  END IF;
  INSERT INTO positions AS p (account, instrument, quantity, cost_basis, realized_pnl, fees_paid)
    VALUES (p_account, 'BTC-USD',
            CASE v_order.side WHEN 'B' THEN p_quantity ELSE 0 END,
            CASE v_order.side WHEN 'B' THEN v_notional ELSE 0 END, 0, p_fee)
    ON CONFLICT (account, instrument) DO UPDATE SET
      quantity = CASE v_order.side WHEN 'B' THEN p.quantity + p_quantity ELSE greatest(p.quantity - p_quantity, 0) END,
      cost_basis = CASE
        WHEN v_order.side = 'B' THEN p.cost_basis + v_notional
        WHEN p.quantity <= p_quantity THEN 0
        ELSE p.cost_basis - floor(p.cost_basis::numeric * p_quantity / p.quantity)::bigint END,
      realized_pnl = p.realized_pnl + CASE
        WHEN v_order.side = 'B' OR p.quantity = 0 THEN 0
        WHEN p.quantity <= p_quantity THEN floor(v_notional::numeric * p.quantity / p_quantity)::bigint - p.cost_basis
        ELSE v_notional - floor(p.cost_basis::numeric * p_quantity / p.quantity)::bigint END,
      fees_paid = p.fees_paid + p_fee;
  INSERT INTO journal (account, sequence, kind, occurred_at, reference, side, quantity, price, quote_total, base_total)
    VALUES (p_account, v_sequence, 'FillSettled', p_at, p_id, v_order.side, p_quantity, p_price, v_quote, v_base);
  RETURN 'settled';
END $$;

-- Many orders at once. Within a batch, an order fits when all of its account's before it and itself fit together;
-- one that would not even fit alone does not stand in the way of the others.
CREATE FUNCTION place_all(p_accounts text[], p_ids text[], p_sides "char"[], p_quantities bigint[], p_prices bigint[], p_at timestamptz)
RETURNS bigint LANGUAGE sql AS $$
  WITH given AS (
    SELECT DISTINCT ON (g.account, g.id)
      g.*, CASE g.side WHEN 'B' THEN 'USD' ELSE 'BTC' END AS asset,
      CASE g.side WHEN 'B' THEN worst_case(g.quantity, g.price, a.fee_rate) ELSE g.quantity END AS hold
    FROM unnest(p_accounts, p_ids, p_sides, p_quantities, p_prices) WITH ORDINALITY
      AS g (account, id, side, quantity, price, place)
    JOIN accounts a ON a.id = g.account
    WHERE NOT EXISTS (SELECT FROM orders o WHERE o.account = g.account AND o.id = g.id)
    ORDER BY g.account, g.id, g.place
  ), alone AS (
    SELECT given.*, b.total - b.reserved AS available, hold <= b.total - b.reserved AS fits_alone
    FROM given JOIN balances b USING (account, asset)
  ), decided AS (
    SELECT alone.*,
      fits_alone AND sum(CASE WHEN fits_alone THEN hold ELSE 0 END)
        OVER (PARTITION BY account, asset ORDER BY place) <= available AS fits,
      row_number() OVER (PARTITION BY account ORDER BY place) AS nth
    FROM alone
  ), new_orders AS (
    INSERT INTO orders (account, id, side, quantity, price, held, status)
    SELECT account, id, side, quantity, price, CASE WHEN fits THEN hold ELSE 0 END, CASE WHEN fits THEN 'A' ELSE 'R' END
    FROM decided
  ), new_balances AS (
    UPDATE balances b SET reserved = b.reserved + d.hold
    FROM (SELECT account, asset, sum(hold)::bigint AS hold FROM decided WHERE fits GROUP BY account, asset) d
    WHERE b.account = d.account AND b.asset = d.asset
  ), new_sequences AS (
    UPDATE accounts a SET sequence = a.sequence + d.decisions
    FROM (SELECT account, count(*) AS decisions FROM decided GROUP BY account) d
    WHERE a.id = d.account
    RETURNING a.id, a.sequence - d.decisions AS before
  ), entries AS (
    INSERT INTO journal (account, sequence, kind, occurred_at, reference, side, quantity, price)
    SELECT d.account, s.before + d.nth, CASE WHEN d.fits THEN 'OrderAccepted' ELSE 'OrderRejected' END,
      p_at, d.id, d.side, d.quantity, d.price
    FROM decided d JOIN new_sequences s ON s.id = d.account
    RETURNING 1
  )
  SELECT count(*) FROM entries
$$;

-- Many fills at once, each of another order. What a position realises follows from the position before the batch.
CREATE FUNCTION settle_all(p_accounts text[], p_orders text[], p_ids text[], p_quantities bigint[], p_prices bigint[], p_fees bigint[], p_at timestamptz)
RETURNS bigint LANGUAGE sql AS $$
  WITH given AS (
    SELECT DISTINCT ON (g.account, g.order_id, g.id) g.*
    FROM unnest(p_accounts, p_orders, p_ids, p_quantities, p_prices, p_fees) WITH ORDINALITY
      AS g (account, order_id, id, quantity, price, fee, place)
    ORDER BY g.account, g.order_id, g.id, g.place
  ), fresh AS (
    INSERT INTO executions (account, order_id, id) SELECT account, order_id, id FROM given
    ON CONFLICT DO NOTHING
    RETURNING account, order_id, id
  ), filled AS (
    UPDATE orders o SET filled = o.filled + g.quantity, status = 'F'
    FROM given g JOIN fresh f USING (account, order_id, id)
    WHERE o.account = g.account AND o.id = g.order_id AND o.status = 'A' AND o.filled + g.quantity = o.quantity
    RETURNING g.account, g.id, g.place, o.side, o.held, g.quantity, g.price, g.fee,
      (g.quantity::numeric * g.price / 100000000)::bigint AS notional
  ), moves AS (
    SELECT account, 'USD' AS asset,
      sum(CASE side WHEN 'B' THEN -notional ELSE notional END - fee)::bigint AS total,
      sum(CASE side WHEN 'B' THEN held ELSE 0 END)::bigint AS released
    FROM filled GROUP BY account
    UNION ALL
    SELECT account, 'BTC',
      sum(CASE side WHEN 'B' THEN quantity ELSE -quantity END)::bigint,
      sum(CASE side WHEN 'B' THEN 0 ELSE held END)::bigint
    FROM filled GROUP BY account
  ), new_balances AS (
    UPDATE balances b SET total = b.total + m.total, reserved = b.reserved - m.released
    FROM moves m WHERE b.account = m.account AND b.asset = m.asset
    RETURNING b.account, b.asset, b.total
  ), traded AS (
    SELECT account,
      sum(quantity) FILTER (WHERE side = 'B')::bigint AS bought,
      sum(notional) FILTER (WHERE side = 'B')::bigint AS cost,
      sum(quantity) FILTER (WHERE side = 'S')::bigint AS sold,
      sum(notional) FILTER (WHERE side = 'S')::bigint AS proceeds,
      sum(fee)::bigint AS fees
    FROM filled GROUP BY account
  ), new_positions AS (
    INSERT INTO positions AS p (account, instrument, quantity, cost_basis, realized_pnl, fees_paid)
    SELECT account, 'BTC-USD', coalesce(bought, 0), coalesce(cost, 0), 0, fees FROM traded
    ON CONFLICT (account, instrument) DO UPDATE SET
      quantity = greatest(p.quantity - coalesce((SELECT sold FROM traded t WHERE t.account = p.account), 0), 0) + excluded.quantity,
      cost_basis = p.cost_basis + excluded.cost_basis - coalesce((
        SELECT CASE WHEN p.quantity <= t.sold THEN p.cost_basis ELSE floor(p.cost_basis::numeric * t.sold / p.quantity)::bigint END
        FROM traded t WHERE t.account = p.account AND t.sold > 0), 0),
      realized_pnl = p.realized_pnl + coalesce((
        SELECT CASE
          WHEN p.quantity = 0 THEN 0
          WHEN p.quantity <= t.sold THEN floor(t.proceeds::numeric * p.quantity / t.sold)::bigint - p.cost_basis
          ELSE t.proceeds - floor(p.cost_basis::numeric * t.sold / p.quantity)::bigint END
        FROM traded t WHERE t.account = p.account AND t.sold > 0), 0),
      fees_paid = p.fees_paid + excluded.fees_paid
  ), numbered AS (
    SELECT filled.*, row_number() OVER (PARTITION BY account ORDER BY place) AS nth FROM filled
  ), new_sequences AS (
    UPDATE accounts a SET sequence = a.sequence + n.decisions
    FROM (SELECT account, count(*) AS decisions FROM numbered GROUP BY account) n
    WHERE a.id = n.account
    RETURNING a.id, a.sequence - n.decisions AS before
  ), entries AS (
    INSERT INTO journal (account, sequence, kind, occurred_at, reference, side, quantity, price, quote_total, base_total)
    SELECT n.account, s.before + n.nth, 'FillSettled', p_at, n.id, n.side, n.quantity, n.price, q.total, b.total
    FROM numbered n
    JOIN new_sequences s ON s.id = n.account
    JOIN new_balances q ON q.account = n.account AND q.asset = 'USD'
    JOIN new_balances b ON b.account = n.account AND b.asset = 'BTC'
    RETURNING 1
  )
  SELECT count(*) FROM entries
$$;
