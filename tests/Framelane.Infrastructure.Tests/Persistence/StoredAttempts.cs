using Framelane.Application.Abstractions;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Tests.Dispatch;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>Events, and attempts at them as the dispatcher records them.</summary>
sealed class StoredAttempts(TestHost host, TimeProvider time)
{
    public Task AppendAsync(WorkspaceId workspaceId, string type = "render.completed", string? jobId = "render_1", int sequence = 1, string? url = null) =>
        host.WriteAsync<int>(async (services, token) =>
        {
            await services.GetRequiredService<IEventOutbox>()
                .AppendAsync(new(workspaceId, type, jobId, sequence, new { }, new Dictionary<string, string>(), url), token);
            return 1;
        });

    /// <summary>Attempts everything of the lane that is due, once.</summary>
    public async Task AttemptAsync(string lane, AttemptResult result)
    {
        var store = host.Get<IDispatchStore>();
        var now = time.GetUtcNow();
        var claimed = await store.ClaimAsync([new(lane, 100)], now, now + TimeSpan.FromSeconds(60), CancellationToken.None);
        var finished = claimed.Select(delivery => FinishedAttempts.Of(
            delivery, result, RetrySchedule.Default.Judge(result, delivery.Step, delivery.OneShot, now, jitter: 0), now));
        await store.RecordAsync([.. finished], [], [], now, CancellationToken.None);
    }
}
