using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Backplane;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>Claims what is due and has it sent, as much at once as the settings allow.</summary>
sealed class Dispatcher(
    IDispatchStore store,
    Lanes lanes,
    AttemptSender sender,
    AttemptRecorder recorder,
    DispatchSignal signal,
    DueTimes dueTimes,
    IBackplane backplane,
    NodeRegistry node,
    TimeProvider time,
    IOptions<WebhooksOptions> options,
    ILogger<Dispatcher> logger) : BackgroundService, IHostedLifecycleService
{
    /// <summary>How long a claimed delivery may wait for a place.</summary>
    static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(45);

    /// <summary>For recording what came of an attempt.</summary>
    static readonly TimeSpan RecordingTime = TimeSpan.FromSeconds(5);

    /// <summary>What the database would not let us send is tried again after this.</summary>
    static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks of one that has plenty, for those who have nothing waiting.</summary>
    static readonly TimeSpan NewcomerInterval = TimeSpan.FromMilliseconds(50);

    readonly CancellationTokenSource abandon = new(Timeout.InfiniteTimeSpan, time);
    CancellationToken abandoned;
    int workers;
    long lastFilled;
    long lastAsked;
    bool announced;
    bool disposed;
    bool stopping;
    bool looked;
    long lastLook;

    /// <summary>A claimed delivery waits for a place, and is then sent; after this it is somebody else's.</summary>
    internal TimeSpan Lease { get; set; } = MaxWait + AttemptSender.LongestOf(options.Value) + RecordingTime;

    /// <summary>Attempts that run when a stop is asked for may end within this; the rest of what the host allows is for recording them.</summary>
    internal TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The wait for work that nobody announced: what other processes wrote, and what they put off.</summary>
    internal TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The same while other processes can announce theirs.</summary>
    internal TimeSpan AnnouncedPollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When it last could look for work, on the monotonic clock; null before the first time.</summary>
    internal long? LastLook => Volatile.Read(ref looked) ? Volatile.Read(ref lastLook) : null;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Claims nothing more, and hands back what does not run yet, from the moment that a stop is asked for: the server, which stops first,
    /// may take its time to end its requests.
    /// </summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // At once: an attempt that ends while the last claim is still being made must not be followed by another.
        // Its time is counted from here, however late the server comes to stop this itself.
        if (!Interlocked.Exchange(ref stopping, true))
            abandon.CancelAfter(DrainTime);
        await base.StopAsync(cancellationToken);
        foreach (var delivery in lanes.Clear())
            recorder.Record(new(null, new(delivery, DeliveryState.Pending)));
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await StoppingAsync(cancellationToken);
        while (Volatile.Read(ref workers) > 0 && !cancellationToken.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        await abandon.CancelAsync();

        // Nothing may be under way when this process takes itself off the table of nodes: nobody would wait for it any more.
        while (Volatile.Read(ref workers) > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
    }

    /// <remarks>The container disposes it twice: as itself, and as a hosted service.</remarks>
    public override void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, true))
            return;
        abandon.Cancel();
        abandon.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        abandoned = abandon.Token;
        try
        {
            await node.Registered.WaitAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
                await LookAndWaitAsync(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // It stops before the host does, which would take this for a failure and say so.
        }
    }

    async Task LookAndWaitAsync(CancellationToken stoppingToken)
    {
        var pause = backplane.IsConnected ? AnnouncedPollInterval : PollInterval;
        try
        {
            // With plenty at hand it is filled up now and then. Meanwhile, what is announced may be of somebody who has nothing waiting yet.
            var left = lanes.HasPlenty ? PollInterval - time.GetElapsedTime(lastFilled) : TimeSpan.Zero;
            var wait = announced ? Min(left, NewcomerInterval - time.GetElapsedTime(lastAsked)) : left;
            if (wait > TimeSpan.Zero)
                pause = wait;
            else if (await ClaimAsync(newcomers: left > TimeSpan.Zero, stoppingToken))
                pause = TimeSpan.Zero;
            else if (left > TimeSpan.Zero)
                pause = left;
            Volatile.Write(ref lastLook, time.GetTimestamp());
            Volatile.Write(ref looked, true);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning(failure, "Deliveries could not be claimed.");
            pause = TimeSpan.FromSeconds(1);
        }

        if (pause > TimeSpan.Zero)
            announced |= await signal.WaitAsync(dueTimes.UntilNext(pause), stoppingToken);
    }

    /// <param name="newcomers">Whether only for workspaces that have nothing waiting.</param>
    /// <returns>Whether anything was claimed.</returns>
    async Task<bool> ClaimAsync(bool newcomers, CancellationToken cancellationToken)
    {
        lastAsked = time.GetTimestamp();
        if (!newcomers)
            lastFilled = lastAsked;
        announced = false;
        var now = time.GetUtcNow();
        var due = await store.FindDueLanesAsync(now, cancellationToken);
        if (due.Count == 0 || lanes.Share(due, newcomers) is not { Count: > 0 } claims)
            return false;
        var sentAt = time.GetTimestamp();

        // Not to be cancelled: what was claimed must be known, to be given back.
        var claimed = await store.ClaimAsync(claims, now, now + Lease, CancellationToken.None);
        foreach (var delivery in claimed)
            delivery.ClaimedAt = sentAt;
        lanes.Add(claimed);
        for (var places = lanes.FreePlaces; places > 0; places--)
            AddWorker();
        return claimed.Count > 0;
    }

    static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    void AddWorker()
    {
        Interlocked.Increment(ref workers);
        _ = Task.Run(WorkAsync, CancellationToken.None);
    }

    /// <summary>Sends one delivery after the other until there is none to send.</summary>
    async Task WorkAsync()
    {
        try
        {
            while (!Volatile.Read(ref stopping) && lanes.TryStart() is { } delivery)
            {
                if (lanes.CanStart)
                    AddWorker();
                if (lanes.End(delivery, await SendAsync(delivery)))
                    signal.Wake();
            }
        }
        finally
        {
            Interlocked.Decrement(ref workers);
        }
    }

    /// <returns>How long it took; null where it was not sent.</returns>
    async Task<TimeSpan?> SendAsync(ClaimedDelivery delivery)
    {
        var isLeftOut = delivery.Body is null;
        try
        {
            if ((delivery.Body ??= await store.ReadBodyAsync(delivery.EventId, abandoned)) is null)
            {
                recorder.Record(new(null, new(delivery, DeliveryState.Cancelled)));
                return null;
            }

            // Too late to be sure that it ends within the lease: whoever claims it next makes the attempt.
            var began = time.GetTimestamp();
            if (time.GetElapsedTime(delivery.ClaimedAt, began) > Lease - AttemptSender.LongestOf(options.Value) - RecordingTime)
                return null;
            recorder.Record(await sender.SendAsync(delivery, null, abandoned));
            return time.GetElapsedTime(began);
        }
        catch (Exception failure)
        {
            using (AttemptSpan.BeginScope(logger, delivery))
                logger.LogWarning(failure, "Attempt {AttemptId} could not be made; its delivery is given back.", delivery.AttemptId);
            await Task.Delay(PauseAfterFailure, time, abandoned).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            recorder.Record(new(null, new(delivery, DeliveryState.Pending)));
            return null;
        }
        finally
        {
            // What came of it may wait in line as well.
            if (isLeftOut)
                delivery.Body = null;
        }
    }
}
