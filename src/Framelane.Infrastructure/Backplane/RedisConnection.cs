using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Rotation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Framelane.Infrastructure.Backplane;

/// <summary>
/// The process's connection to Redis, and whether it can be used: a value is written and the subscription asked every second, and at once
/// where somebody doubts it. Nobody waits for a Redis that is away.
/// </summary>
sealed class RedisConnection(BackplaneListener listener, NodeRegistry node, IOptions<RedisOptions> options, ILogger<RedisConnection> logger)
    : BackgroundService, IAsyncDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ProbeLifetime = TimeSpan.FromMinutes(1);

    readonly SemaphoreSlim doubts = new(0);
    readonly RedisChannel channel = RedisChannel.Literal($"{options.Value.Prefix}:backplane");
    Task<ConnectionMultiplexer>? connecting;
    ConnectionMultiplexer? connection;
    bool usable;
    bool? known;
    bool disposed;

    public bool IsUsable => Volatile.Read(ref usable);

    /// <summary>Only while it is usable.</summary>
    public IDatabase Database => connection!.GetDatabase();

    /// <summary>Why it is not usable.</summary>
    public string Fault { get; private set; } = "Redis has not answered yet.";

    public string KeyOf(string name) => $"{options.Value.Prefix}:{name}";

    /// <summary>Somebody's call failed: nobody makes another until Redis has answered.</summary>
    public void Doubt()
    {
        if (Interlocked.Exchange(ref usable, false))
            doubts.Release();
    }

    public void Publish(BackplaneMessage message)
    {
        if (!IsUsable)
            return;
        try
        {
            connection!.GetSubscriber().Publish(channel, message.Write(node.Id), CommandFlags.FireAndForget);
        }
        catch (Exception failure) when (failure is RedisException or ObjectDisposedException or TimeoutException)
        {
            Doubt();
        }
    }

    /// <remarks>The container disposes it twice: as itself, and as a hosted service.</remarks>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
            return;
        if (connecting is not null && await ((Task)connecting).ContinueWith(ended => ended.IsCompletedSuccessfully, TaskScheduler.Default))
            await (await connecting).DisposeAsync();
        base.Dispose();
        doubts.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (true)
        {
            Settle(await ProbeAsync(stoppingToken));
            await doubts.WaitAsync(Interval, stoppingToken);
        }
    }

    /// <returns>What is wrong, or null.</returns>
    async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            connection ??= await ConnectAsync().WaitAsync(cancellationToken);
            var subscriber = connection.GetSubscriber();
            await Task.WhenAll(
                connection.GetDatabase().StringSetAsync(KeyOf("probe"), node.Id, ProbeLifetime),
                subscriber.PingAsync()).WaitAsync(Patience, cancellationToken);
            return subscriber.IsConnected(channel) ? null : "Redis does not confirm the subscription.";
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (connection is null)
                connecting = null;
            return $"{failure.GetType().Name}: {failure.Message}";
        }
    }

    /// <summary>Ends, connected or not, and from then on keeps trying by itself: there is never a second.</summary>
    async Task<ConnectionMultiplexer> ConnectAsync()
    {
        connecting ??= ConnectionMultiplexer.ConnectAsync(options.Value.Parse());
        var made = await connecting;
        try
        {
            // Registered even where it cannot be sent now, and sent with every connection that is made. Asked again, it would hear all twice.
            await made.GetSubscriber().SubscribeAsync(channel, (_, text) => Hear(text)).WaitAsync(Patience);
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            // What is wrong says the probe.
        }

        return made;
    }

    void Hear(RedisValue text)
    {
        if (BackplaneMessage.TryRead(text) is { } heard && heard.Sender != node.Id)
            listener.Hear(heard.Message);
    }

    void Settle(string? fault)
    {
        Fault = fault ?? "";
        var up = fault is null;
        if (Interlocked.Exchange(ref usable, up) != up || known != up)
            listener.ConnectionChanged();
        if (known == up)
            return;
        known = up;
        if (up)
            logger.LogInformation("Redis is connected.");
        else
            logger.LogWarning("Redis is not connected; everything goes on without it, by polling and with limits counted here. {Fault}", fault);
    }
}

/// <summary>Hints over one channel of Redis.</summary>
sealed class RedisBackplane(RedisConnection redis) : IBackplane
{
    public bool IsConnected => redis.IsUsable;

    public void Publish(BackplaneMessage message) => redis.Publish(message);
}
