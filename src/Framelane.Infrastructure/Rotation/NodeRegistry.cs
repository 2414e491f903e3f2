using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Rotation;

/// <summary>
/// Keeps this process in the table of nodes. It stands there before it reads its first epoch, so that whoever commits a change after that
/// read finds it and waits.
/// </summary>
/// <remarks>
/// A node counts as lately alive for <see cref="LatelyAlive"/> after its last heartbeat. One that cannot write its heartbeat stops reading
/// epochs and keys well before that (<see cref="EnsureAlive"/>), so nothing it may act on outlives the entry that announces it.
/// </remarks>
sealed class NodeRegistry(INodeTable table, ProcessRoles roles, TimeProvider time, ILogger<NodeRegistry> logger) : BackgroundService
{
    public static readonly TimeSpan LatelyAlive = TimeSpan.FromSeconds(60);

    /// <summary>
    /// So old an entry is swept; until then a rotation waits for its node. A process that stops in order takes its entry with it, and the database's clock may
    /// step forward, by a failover to another machine, say: by that clock everybody's last heartbeat is then long ago.
    /// </summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    /// <summary>From one heartbeat to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>What has hung for so long is given up: a later one says more. With SQLite it also waits in line with all who write.</summary>
    static readonly TimeSpan BeatLimit = TimeSpan.FromSeconds(10);

    static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(30);

    readonly TaskCompletionSource registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock sync = new();
    Task? removal;
    TimeSpan untilNext;
    long lastBeat;

    public string Id { get; } = Ulid.New("node", time.GetUtcNow());

    /// <summary>Completes with the first heartbeat.</summary>
    public Task Registered => registered.Task;

    /// <exception cref="UnavailableException">The last heartbeat is too old for anything that is read now to be acted on.</exception>
    public void EnsureAlive()
    {
        if (!registered.Task.IsCompletedSuccessfully || time.GetElapsedTime(Volatile.Read(ref lastBeat)) > MaxSilence)
            throw new UnavailableException("This node could not write its heartbeat for too long.");
    }

    /// <summary>Whether another node may hold what it read of the database before now.</summary>
    public Task<bool> OthersMayRunAsync(CancellationToken cancellationToken) => table.AnyOtherAsync(Id, Forgotten, cancellationToken);

    /// <summary>Registers before the host goes on to what accepts keys, if the database lets it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <remarks>A host may be stopped twice at once: each waits for the same removal, and nothing is asked of the database after it.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Task gone;
        lock (sync)
            gone = removal ??= RemoveAsync(cancellationToken);
        await gone;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(untilNext, time, stoppingToken);
            await BeatAsync(stoppingToken);
        }
    }

    async Task RemoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (registered.Task.IsCompletedSuccessfully)
                await table.RemoveAsync(Id, cancellationToken);
        }
        catch (Exception failure)
        {
            logger.LogInformation(failure, "The node's entry stays until it is old.");
        }
    }

    async Task<bool> WriteBeatAsync(CancellationToken cancellationToken)
    {
        await table.BeatAsync(Id, $"{Environment.MachineName}:{Environment.ProcessId}", roles.ToString(), cancellationToken);
        return true;
    }

    async Task BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = time.GetTimestamp();
            await time.WithinAsync(BeatLimit, WriteBeatAsync, cancellationToken);
            Volatile.Write(ref lastBeat, before);
            registered.TrySetResult();
            untilNext = Interval;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(failure, "The heartbeat could not be written.");
            untilNext = AfterFailure;
        }
    }
}
