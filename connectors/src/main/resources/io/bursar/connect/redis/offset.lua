-- Moves the offset of a partition on, if it is what the sink left there.
-- KEYS[1]  the hash of all offsets
-- ARGV     the partition, its offset before and after
-- Returns  1 moved, 0 it is another one, or none
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
