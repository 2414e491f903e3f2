using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Persistence;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Leasing;

/// <summary>What every run needs.</summary>
/// <param name="What">What is worked on, for messages: a job, for instance.</param>
/// <param name="MaxDuration">How long one may take.</param>
sealed record RunSettings(string What, TimeSpan MaxDuration, WorkFolder Folders, IOutages Outages, TimeProvider Time, ILogger Logger);

/// <summary>One run of claimed work, from its claim to what came of it.</summary>
/// <remarks>It may end at any moment, also just before it is told to: then that changes nothing.</remarks>
#pragma warning disable CA1001 // Whoever tells it to end must find its sources whole. They have no timer, so there is nothing to give back.
abstract class LeasedRun<TClaim>(TClaim claim, ILeasedQueue<TClaim> queue, RunSettings settings)
    where TClaim : class, IClaim
{
    /// <summary>A signal that ends the media programs too may reach them before this process has learned that it is to stop.</summary>
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource lost = new();

    readonly CancellationTokenSource stopping = new();

    readonly CancellationTokenSource ended = new();

    readonly CancellationTokenSource crowded = new();

    volatile string folder = "";

    volatile bool gaveWayAlone;

    MediaException? fault;

    public TClaim Claim => claim;

    /// <summary>The run's own, removed after it; empty before it begins.</summary>
    public string Folder => folder;

    protected bool IsLost => lost.IsCancellationRequested;

    /// <summary>The claim is gone: the run ends, and nothing of it counts.</summary>
    public void Lose() => lost.Cancel();

    /// <summary>The process stops: the run ends, and the work is handed back.</summary>
    public void Stop() => stopping.Cancel();

    /// <summary>The disk runs out of room: the run ends, and the work is taken up again later.</summary>
    /// <param name="isAlone">No other run takes room: it may need more than there is, and so the run counts.</param>
    public void GiveWay(bool isAlone)
    {
        gaveWayAlone = isAlone;
        crowded.Cancel();
    }

    /// <summary>Called at every tick while it runs.</summary>
    public virtual Task KeepAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs it to its end, whatever that is; never throws.</summary>
    public async Task ExecuteAsync()
    {
        using var timeout = new CancellationTokenSource(settings.MaxDuration, settings.Time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(lost.Token, stopping.Token, ended.Token, crowded.Token, timeout.Token);
        try
        {
            if (await OutcomeAsync(any.Token, timeout.Token) is not { } outcome)
                return;
            if (await settings.Outages.OutlastAsync(outcome, queue.Lease, settings.Time, stopping.Token))
                OnSettled();
            else
                settings.Logger.LogInformation("The {What} {Work} was no longer this process's when its run ended.", settings.What, claim.Name);
        }
        catch (Exception failure)
        {
            // Its lease runs out, and it is taken up again.
            settings.Logger.LogError(failure, "What came of the {What} {Work} could not be recorded.", settings.What, claim.Name);
        }
    }

    /// <summary>What came of it is recorded.</summary>
    protected virtual void OnSettled()
    {
    }

    /// <summary>It fails, whatever it is doing.</summary>
    protected void End(MediaException why)
    {
        fault = why;
        ended.Cancel();
    }

    /// <returns>What records what came of it; it answers whether the claim still stood.</returns>
    /// <exception cref="MediaException">It fails, with that code and message.</exception>
    /// <exception cref="OperationCanceledException">Nothing of it runs any more.</exception>
    protected abstract Task<Func<Task<bool>>> WorkAsync(CancellationToken cancellationToken);

    /// <returns>What to do about it; null where it is no longer ours.</returns>
    async Task<Func<Task<bool>>?> OutcomeAsync(CancellationToken any, CancellationToken timeout)
    {
        try
        {
            folder = settings.Folders.MakeRun(claim);
            return await WorkAsync(any);
        }
        // Told to end, it may throw anything: a driver does not always call it a cancellation.
        catch (Exception) when (IsLost)
        {
            return null;
        }
        catch (Exception) when (ended.IsCancellationRequested)
        {
            return Failing(fault!.Code, fault.Message);
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            return Failing(MediaErrorCodes.RenderTimeout, $"The {settings.What} took longer than is allowed.");
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return HandingBack();
        }
        catch (Exception) when (crowded.IsCancellationRequested)
        {
            settings.Logger.LogWarning("The {What} {Work} gave way, for the disk runs out of room; it is taken up again later.", settings.What, claim.Name);
            return gaveWayAlone ? null : () => queue.WaitOutAsync(claim, CancellationToken.None);
        }
        catch (MediaException failure)
        {
            if (failure.Code == MediaErrorCodes.InternalError && await IsToStopAsync())
                return HandingBack();
            settings.Logger.LogInformation(failure, "The {What} {Work} failed: {Code}.", settings.What, claim.Name, failure.Code);
            return Failing(failure.Code, failure.Message);
        }
        catch (Exception failure) when (settings.Outages.IsFull(failure))
        {
            // It may need more than there is anywhere: its lease runs out, and the run counts.
            settings.Logger.LogWarning(failure, "The {What} {Work} could not go on, for a disk is full; it is taken up again later.", settings.What, claim.Name);
            return null;
        }
        catch (Exception failure) when (settings.Outages.IsOutage(failure))
        {
            settings.Logger.LogWarning(failure, "The {What} {Work} could not go on; it is taken up again later.", settings.What, claim.Name);
            return () => queue.WaitOutAsync(claim, CancellationToken.None);
        }
        catch (Exception failure)
        {
            if (await IsToStopAsync())
                return HandingBack();
            settings.Logger.LogError(failure, "The {What} {Work} failed.", settings.What, claim.Name);
            return Failing(MediaErrorCodes.InternalError, $"The {settings.What} failed for a reason that is not yours.");
        }
        finally
        {
            RemoveFolder();
        }
    }

    void RemoveFolder()
    {
        try
        {
            WorkFolder.Remove(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What came of the run counts all the same. The next process to start clears what is left.
            settings.Logger.LogWarning(failure, "The folder of the {What} {Work} could not be removed.", settings.What, claim.Name);
        }
    }

    /// <returns>Whether the process is told to stop within a moment: what failed may have failed of that.</returns>
    async Task<bool> IsToStopAsync()
    {
        await Task.Delay(Moment, settings.Time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return stopping.IsCancellationRequested;
    }

    Func<Task<bool>> HandingBack() => () => queue.HandBackAsync(claim, CancellationToken.None);

    Func<Task<bool>> Failing(string code, string message) => () => queue.FailAsync(claim, code, message, CancellationToken.None);
}
