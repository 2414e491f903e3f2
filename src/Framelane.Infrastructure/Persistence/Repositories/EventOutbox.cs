using System.Diagnostics;
using Framelane.Application.Abstractions;
using Framelane.Application.Events;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class EventOutbox(FramelaneDbContext db, IOptions<WebhooksOptions> options, TimeProvider time) : IEventOutbox
{
    /// <summary>What a ping's maker has, beside the time for sending, to commit, to begin and to record; then dispatchers take it.</summary>
    static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(10);

    static readonly Dictionary<string, string> NoMetadata = [];

    public async Task AppendAsync(NewEvent newEvent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var happened = Add(newEvent.WorkspaceId, newEvent.Type, newEvent.JobId, newEvent.Sequence, newEvent.Data, newEvent.Metadata, now);
        if (newEvent.WebhookUrl is { } url)
        {
            db.Deliveries.Add(Delivery.ToUrl(happened, url, now));
            return;
        }

        var webhooks = await db.Webhooks.AsNoTracking()
            .Where(webhook => webhook.WorkspaceId == newEvent.WorkspaceId)
            .ToListAsync(cancellationToken);
        db.Deliveries.AddRange(webhooks
            .Where(webhook => webhook.Wants(newEvent.Type))
            .Select(webhook => Delivery.ToWebhook(happened, webhook, oneShot: false, now)));
    }

    public Task<PingTicket> AppendPingAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var data = new { webhook_id = webhook.Id.Value };
        var happened = Add(webhook.WorkspaceId, EventTypes.Ping, null, 1, data, NoMetadata, now);
        var delivery = Delivery.ToWebhook(happened, webhook, oneShot: true, now);
        delivery.LeaseToMaker(AttemptSender.LongestOf(options.Value) + PingPatience);
        db.Deliveries.Add(delivery);
        return Task.FromResult(new PingTicket(webhook.WorkspaceId, delivery.Id.Value, delivery.Fence));
    }

    WebhookEvent Add(
        WorkspaceId workspaceId,
        string type,
        string? jobId,
        int sequence,
        object data,
        IReadOnlyDictionary<string, string> metadata,
        DateTimeOffset now)
    {
        var id = EventId.New(now);
        var body = new EventBody(id.Value, type, now, workspaceId.Value, sequence, data, metadata).ToUtf8();
        var happened = WebhookEvent.Create(id, workspaceId, type, jobId, sequence, body, now);
        var entry = db.Events.Add(happened);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } request)
            entry.Property(EventConfiguration.TraceParent).CurrentValue = request.Id;
        return happened;
    }
}
