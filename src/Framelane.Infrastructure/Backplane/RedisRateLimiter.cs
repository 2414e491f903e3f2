using Framelane.Application.Abstractions;
using StackExchange.Redis;

namespace Framelane.Infrastructure.Backplane;

/// <summary>Counts in Redis, for all processes together; while Redis is away, this process counts for itself.</summary>
sealed class RedisRateLimiter(IRateLimiter own, RedisConnection redis) : IRateLimiter
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>So long a request waits at most, and only one that comes before it is known that Redis is away.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>A window without an end would never end, and what is no number counts for nothing.</summary>
    const string Script = """
        local limit, window, take = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1'
        local left = redis.call('PTTL', KEYS[1])
        local count = left > 0 and tonumber(redis.call('GET', KEYS[1])) or nil
        local allowed = (count or 0) < limit
        if take and allowed then
          if count then
            count = redis.call('INCR', KEYS[1])
          else
            redis.call('SET', KEYS[1], 1, 'PX', window)
            count, left = 1, window
          end
        end
        return {allowed and 1 or 0, count or 0, count and left or 0}
        """;

    public ValueTask<RateQuota> TakeAsync(RatePartition partition, int limit, CancellationToken cancellationToken) =>
        redis.IsUsable ? AskAsync(partition, limit, true, cancellationToken) : own.TakeAsync(partition, limit, cancellationToken);

    public ValueTask<RateQuota> PeekAsync(RatePartition partition, int limit, CancellationToken cancellationToken) =>
        redis.IsUsable ? AskAsync(partition, limit, false, cancellationToken) : own.PeekAsync(partition, limit, cancellationToken);

    async ValueTask<RateQuota> AskAsync(RatePartition partition, int limit, bool take, CancellationToken cancellationToken)
    {
        try
        {
            RedisKey key = redis.KeyOf($"limit:{partition.Kind}:{partition.Key}");
            var answer = (long[])(await redis.Database
                .ScriptEvaluateAsync(Script, [key], [limit, (long)Window.TotalMilliseconds, take])
                .WaitAsync(Patience, cancellationToken))!;
            return new(answer[0] == 1, limit, (int)Math.Max(0, limit - answer[1]), TimeSpan.FromMilliseconds(answer[2]));
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException or ObjectDisposedException)
        {
            redis.Doubt();
            return await (take ? own.TakeAsync(partition, limit, cancellationToken) : own.PeekAsync(partition, limit, cancellationToken));
        }
    }
}
