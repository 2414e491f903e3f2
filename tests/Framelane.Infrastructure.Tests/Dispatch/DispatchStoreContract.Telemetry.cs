using Framelane.Domain.Billing;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Model;
using Framelane.Infrastructure.Persistence.Records;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed partial class DispatchStoreContract<TDatabase>
{
    [TestCase("00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01")]
    [TestCase(null)]
    public async Task A_claim_has_the_trace_of_its_event(string? trace)
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        await Host.WriteAsync(db => db.Events.ExecuteUpdateAsync(row => row.SetProperty(it => EF.Property<string?>(it, EventConfiguration.TraceParent), trace)));

        var claimed = await ClaimOneAsync(delivery);

        Assert.That(claimed.TraceParent, Is.EqualTo(trace));
        Assert.That((await Store.FindLeasedAsync(claimed.Id, claimed.Fence, CancellationToken.None))!.TraceParent, Is.EqualTo(trace));
    }

    [Test]
    public async Task Outcomes_are_told_as_they_were_recorded()
    {
        var webhook = await AddWebhookAsync();
        var deliveries = new List<Delivery>();
        for (var i = 0; i < 5; i++)
            deliveries.Add(await AddAsync(webhook));
        var claimed = (await ClaimAsync(deliveries[0])).ToDictionary(delivery => delivery.Id);
        await EndAsync(deliveries[3], DeliveryState.EndpointDisabled);
        var lost = claimed[deliveries[4].Id.Value];
        await RecordAsync(Succeeded(lost));

        var outcome = await RecordAsync(
            Succeeded(Of(0)), Failed(Of(1), TimeSpan.FromSeconds(5)), Failed(Of(2)), Failed(Of(3), TimeSpan.FromSeconds(5)), Succeeded(lost));

        Assert.That(outcome.Recorded, Is.EqualTo(new RecordedOutcomes(1, 1, 2)), "The last of them died while its attempt ran.");
        Assert.That(outcome.LeasesLost, Is.EqualTo(1));

        ClaimedDelivery Of(int i) => claimed[deliveries[i].Id.Value];
    }

    [Test]
    public async Task Queues_tell_how_much_is_due_and_for_how_long()
    {
        string[] kinds = ["delivery", "job", "asset", "mail", "minutes"];
        var queues = Host.Get<QueueReader>();
        Assert.That(await queues.ReadAsync(CancellationToken.None), Is.EquivalentTo(kinds.Select(kind => new QueueState(kind, 0, TimeSpan.Zero))));
        var webhook = await AddWebhookAsync();
        var later = await AddAsync(webhook);
        await RecordAsync(Failed(await ClaimOneAsync(later), TimeSpan.FromHours(1)));
        await AddAsync(webhook);
        var oldest = Now;
        await AddAsync(webhook);
        await Host.WriteAsync(async db => await db.Mails.AddAsync(new MailRecord { Id = "mail_1", Recipient = "a@b.example", Subject = "", Body = "", CreatedAt = Now, ClaimableAt = Now }));
        await Host.WriteAsync(async db => await db.Mails.AddAsync(new MailRecord { Id = "mail_2", Recipient = "a@b.example", Subject = "", Body = "", CreatedAt = Now.AddMinutes(-1), ClaimableAt = Now.AddHours(1), Tries = 3 }));
        var mailed = Now.AddMinutes(-1);
        Time.Advance(TimeSpan.FromSeconds(7));
        var metered = Now;
        await Host.WriteAsync(async db => await db.MeteredRenders.AddAsync(MeteredRender.Of(Rendered.Of(WorkspaceId, 90, metered), Plan.Pro)));
        await Host.WriteAsync(async db => await db.MeterReports.AddAsync(MeterReport.Next(WorkspaceId, metered, Plan.Pro, 60_000, 0, 0, metered, metered.AddSeconds(1))!));
        Time.Advance(TimeSpan.FromSeconds(5));

        // Stored times are whole microseconds.
        Assert.That(
            (await queues.ReadAsync(CancellationToken.None)).Select(queue => (queue.Kind, queue.Depth, Math.Round(queue.Age.TotalMilliseconds))),
            Is.EquivalentTo(new[] { ("delivery", 2, Math.Round((Now - oldest).TotalMilliseconds)), ("job", 0L, 0.0), ("asset", 0L, 0.0), ("mail", 2L, Math.Round((Now - mailed).TotalMilliseconds)), ("minutes", 2L, 5000.0) }));
    }
}
