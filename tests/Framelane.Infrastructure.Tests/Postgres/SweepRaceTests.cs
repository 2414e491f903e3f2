using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Persistence.Records;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using EventId = Framelane.Domain.Events.EventId;

namespace Framelane.Infrastructure.Tests.Postgres;

/// <summary>What was past its time when the sweep looked, and is not when it has its row.</summary>
public sealed class SweepRaceTests : StorageTests<PostgresDatabase>
{
    [Test]
    public async Task A_delivery_that_is_sent_again_meanwhile_stays()
    {
        var happened = WebhookEvent.Create(EventId.New(Now), WorkspaceId, "render.completed", null, 1, [1], Now);
        var delivery = Delivery.ToWebhook(happened, await AddWebhookAsync(), oneShot: false, Now);
        await Host.WriteAsync(async db => await db.AddRangeAsync([happened, delivery]));
        await Host.ReadAsync(db => db.Deliveries.ExecuteUpdateAsync(row => row.SetProperty(ended => ended.State, DeliveryState.DeadLettered)));
        Time.Advance(TimeSpan.FromDays(31));

        await SweepWhileAsync("UPDATE deliveries SET state = 0 WHERE id = $1", delivery.Id.Value);

        Assert.That(await Host.ReadAsync(db => db.Deliveries.Select(row => row.State).ToListAsync()), Is.EqualTo(new[] { DeliveryState.Pending }));
    }

    [Test]
    public async Task A_node_that_beats_meanwhile_stays()
    {
        await Host.WriteAsync(async db => await db.AddAsync(new NodeRecord { Id = "node_1", Name = "one", Roles = "api", StartedAt = Now, HeartbeatAt = Now }));
        Time.Advance(TimeSpan.FromHours(2));

        await SweepWhileAsync("UPDATE nodes SET heartbeat_at = heartbeat_at + 7200000000 WHERE id = $1", "node_1");

        Assert.That(await Host.ReadAsync(db => db.Nodes.CountAsync()), Is.EqualTo(1));
    }

    async Task SweepWhileAsync(string change, string id)
    {
        await using var changing = await Database.HoldAsync(change, id);
        var sweeping = Host.Get<RetentionSweep>().RunAsync(CancellationToken.None);
        await Host.AreAwaitedAsync();
        await changing.LetGoAsync();
        await sweeping.InTimeAsync();
    }
}
