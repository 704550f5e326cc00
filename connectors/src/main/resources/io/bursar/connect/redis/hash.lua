-- Writes changed fields of an account's hash, unless what is there is as new.
-- KEYS[1]  the hash; its field @sequence has the sequence of the last journal entry that was applied
-- ARGV     the sequences of the first and the last entry behind the changes, then fields and values; '' deletes a field
-- Returns  1 applied, 0 nothing to do, -1 entries before the first one are missing
local applied = tonumber(redis.call('HGET', KEYS[1], '@sequence') or '0')
if tonumber(ARGV[2]) <= applied then
  return 0
end
if tonumber(ARGV[1]) > applied + 1 then
  return -1
end
for i = 3, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[i])
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
end
redis.call('HSET', KEYS[1], '@sequence', ARGV[2])
return 1
