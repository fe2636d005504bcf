-- The programs of evaluation.sx. Prints the processors' time of each in microseconds.
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end

local function sieve(n)
  local flags = {}
  for i = 0, n do flags[i] = 1 end
  local p = 2
  while p * p <= n do
    if flags[p] == 1 then for q = p * p, n, p do flags[q] = 0 end end
    p = p + 1
  end
  local count = 0
  for i = 2, n do if flags[i] == 1 then count = count + 1 end end
  return count
end

local function measure(name, round, before, result)
  print(string.format("%s %d %.0f %d", name, round, (os.clock() - before) * 1000000, result))
end

for round = 0, 3 do
  local before = os.clock()
  measure("fib", round, before, fib(32))
  before = os.clock()
  measure("sieve", round, before, sieve(10000000))
end
