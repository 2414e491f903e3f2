using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Dispatch;
using Microsoft.Extensions.Hosting;

namespace Framelane.Infrastructure.Backplane;

/// <summary>Wakes this process's dispatcher, and the others' through the backplane: many commits in a short time are one message.</summary>
sealed class DispatchAnnouncer(DispatchSignal own, IBackplane backplane, TimeProvider time) : BackgroundService, IDispatchSignal
{
    /// <summary>Each message costs every dispatcher a look.</summary>
    static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(10);

    readonly DispatchSignal others = new();

    public void Wake()
    {
        own.Wake();
        WakeOthers();
    }

    public void WakeOthers()
    {
        if (backplane.IsConnected)
            others.Wake();
    }

    public override void Dispose()
    {
        others.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (!await others.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken))
                    continue;
                backplane.Publish(new DeliveriesWritten());
                await Task.Delay(Spacing, time, stoppingToken);
            }
        }
        finally
        {
            // What this process has just handed back waits for another.
            backplane.Publish(new DeliveriesWritten());
        }
    }
}
