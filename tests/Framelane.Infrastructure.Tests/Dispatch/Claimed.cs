using Framelane.Domain.Deliveries;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Tests.Dispatch;

static class Claimed
{
    /// <summary>A claimed delivery of that lane, of which nothing else matters.</summary>
    public static ClaimedDelivery In(WorkspaceId workspace, string lane) => new()
    {
        Id = DeliveryId.New(DateTimeOffset.UtcNow).Value,
        WorkspaceId = workspace,
        EventId = "evt_1",
        EventType = "render.completed",
        JobId = null,
        WebhookId = null,
        Url = null,
        Lane = lane,
        OneShot = false,
        AttemptId = "att_1",
        AttemptNumber = 1,
        Step = 0,
        ScheduledAt = default,
        DueAt = default,
        Fence = 1,
        Body = [],
    };
}
