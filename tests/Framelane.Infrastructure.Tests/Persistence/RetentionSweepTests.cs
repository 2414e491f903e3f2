using Framelane.Application.Abstractions;
using Framelane.Domain.Billing;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Persistence;

[EveryDatabase]
public sealed class RetentionSweepTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    StoredAttempts stored = null!;

    [SetUp]
    public void PrepareAttempts() => stored = new(Host, Time);

    [Test]
    public async Task What_has_ended_goes_after_30_days_with_its_event_and_not_before()
    {
        var webhook = await AddWebhookAsync();
        await stored.AppendAsync(WorkspaceId);
        await stored.AttemptAsync(webhook.Id.Value, AttemptResult.Answered(200));

        // The last lease counts, which is a minute longer.
        Time.Advance(Retention - TimeSpan.FromMinutes(1));
        Assert.That(await SweepAsync(), Is.Zero);
        Assert.That(await CountsAsync(), Is.EqualTo((1, 1, 1)));
        Time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await SweepAsync(), Is.EqualTo(3));
        Assert.That(await CountsAsync(), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task What_is_kept_for_a_century_is_not_taken_for_old()
    {
        Host.Get<IOptions<WebhooksOptions>>().Value.AttemptRetention = TimeSpan.FromDays(36_500);
        await stored.AppendAsync(WorkspaceId);

        Assert.That(await SweepAsync(), Is.Zero);
        Assert.That(await CountsAsync(), Is.EqualTo((0, 0, 1)));
    }

    [Test]
    public async Task What_owners_used_in_another_month_is_forgotten()
    {
        var month = CalendarMonth.Of(Time.GetUtcNow());
        await Host.WriteAsync(db =>
        {
            db.SpentMinutes.AddRange(SpentMinutes.Of("then", CalendarMonth.Of(month.Start.AddSeconds(-1)), 1), SpentMinutes.Of("now", month, 1));
            return db.SaveChangesAsync();
        });

        Assert.That(await SweepAsync(), Is.EqualTo(1));
        Assert.That(await Host.ReadAsync(db => db.SpentMinutes.Select(spent => spent.Owner).ToListAsync()), Is.EqualTo(new[] { "now" }));
    }

    [Test]
    public async Task What_is_pending_stays_however_old_with_its_event()
    {
        await AddWebhookAsync();
        await stored.AppendAsync(WorkspaceId);
        Time.Advance(Retention * 3);
        Assert.That(await SweepAsync(), Is.Zero);
        Assert.That(await CountsAsync(), Is.EqualTo((0, 1, 1)));
    }

    [Test]
    public async Task An_old_delivery_that_was_attempted_lately_stays_with_its_event()
    {
        var webhook = await AddWebhookAsync();
        await stored.AppendAsync(WorkspaceId);
        await stored.AttemptAsync(webhook.Id.Value, AttemptResult.Failed("timeout"));
        Time.Advance(Retention);
        await stored.AttemptAsync(webhook.Id.Value, AttemptResult.Answered(200));
        Time.Advance(TimeSpan.FromDays(1));
        Assert.That(await SweepAsync(), Is.EqualTo(1), "the first attempt");
        Assert.That(await CountsAsync(), Is.EqualTo((1, 1, 1)));
    }

    [TestCase(DeliveryState.DeadLettered)]
    [TestCase(DeliveryState.EndpointDisabled)]
    [TestCase(DeliveryState.Cancelled)]
    public async Task Whatever_has_ended_goes(DeliveryState state)
    {
        await AddWebhookAsync();
        await stored.AppendAsync(WorkspaceId);
        await Host.WriteAsync(db => db.Deliveries.ExecuteUpdateAsync(row => row.SetProperty(delivery => delivery.State, state)));
        Time.Advance(Retention + TimeSpan.FromMinutes(5));
        await SweepAsync();
        Assert.That(await CountsAsync(), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task An_event_that_nobody_asked_for_goes_in_its_time()
    {
        await stored.AppendAsync(WorkspaceId);
        Time.Advance(Retention - TimeSpan.FromMinutes(1));
        Assert.That(await SweepAsync(), Is.Zero);
        Time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(await SweepAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task It_deletes_in_batches_of_500_at_most()
    {
        const int Events = 1_234;
        await Host.WriteAsync(db =>
        {
            for (var i = 0; i < Events; i++)
                db.Events.Add(Domain.Events.WebhookEvent.Create(Domain.Events.EventId.New(Now), WorkspaceId, "render.completed", null, 1, [1], Now));
            return Task.CompletedTask;
        });
        Time.Advance(Retention + TimeSpan.FromMinutes(1));
        var batches = new ChangedRows("DELETE");
        await using var host = NewHost(services => services.ConfigureDbContext<FramelaneDbContext>(options => options.AddInterceptors(batches)));
        var sweep = host.Get<RetentionSweep>().RunAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            return sweep.IsCompleted;
        });
        Assert.That(await sweep, Is.EqualTo(Events));
        Assert.That(batches.Sizes.Where(size => size > 0), Is.EqualTo(new[] { 500, 500, 234 }));
    }

    [Test]
    public async Task Remembered_answers_go_after_24_hours_and_not_before()
    {
        var store = Host.Get<IIdempotencyStore>();
        var claim = (await store.ClaimAsync("scope", "key", [1], CancellationToken.None)).Claim;
        await Host.WriteAsync<string>((_, _) => Task.FromResult<Result<string>>("done"), claim);
        Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.That(await SweepAsync(), Is.Zero);
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await SweepAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_key_whose_request_still_renews_it_stays_however_old()
    {
        var store = Host.Get<IIdempotencyStore>();
        var claim = (await store.ClaimAsync("scope", "key", [1], CancellationToken.None)).Claim!;
        Time.Advance(TimeSpan.FromHours(25));
        await store.RenewAsync(claim, CancellationToken.None);
        Assert.That(await SweepAsync(), Is.Zero);
    }

    [Test]
    public async Task Nodes_that_fell_silent_an_hour_ago_go()
    {
        await Host.WriteAsync(db =>
        {
            foreach (var (id, age) in new[] { ("old", 61), ("live", 59) })
                db.Nodes.Add(new NodeRecord { Id = id, Name = id, Roles = "api", StartedAt = Now, HeartbeatAt = Now - TimeSpan.FromMinutes(age) });
            return Task.CompletedTask;
        });
        Assert.That(await SweepAsync(), Is.EqualTo(1));
        Assert.That(await Host.ReadAsync(db => db.Nodes.Select(node => node.Id).SingleAsync()), Is.EqualTo("live"));
    }

    [Test]
    public async Task Events_of_the_payment_provider_go_once_it_sends_them_no_more()
    {
        await Host.WriteAsync(db =>
        {
            foreach (var (id, age) in new[] { ("evt_old", 41), ("evt_late", 39) })
                db.BillingEvents.Add(BillingEvent.Handled(id, "customer.subscription.updated", WorkspaceId, Now - TimeSpan.FromDays(age)));
            return Task.CompletedTask;
        });
        Assert.That(await SweepAsync(), Is.EqualTo(1));
        Assert.That(await Host.ReadAsync(db => db.BillingEvents.Select(handled => handled.Id).SingleAsync()), Is.EqualTo("evt_late"));
    }

    [Test]
    public async Task Minutes_go_40_days_after_their_month_but_not_what_is_still_to_be_reported()
    {
        Time.SetUtcNow(CalendarMonth.Of(Now.AddMonths(2)).Start);
        var month = CalendarMonth.Of(Now.AddTicks(-1)).Start;
        await Host.WriteAsync(db =>
        {
            for (var i = 0; i < 2; i++)
            {
                var render = MeteredRender.Of(Rendered.Of(WorkspaceId, 90, month.AddHours(i)), Plan.Pro);
                if (i == 0)
                    render.Count(Now);
                db.MeteredRenders.Add(render);
                db.MeterReports.Add(MeterReport.Next(WorkspaceId, month, Plan.Pro, 60_000, 0, 0, month.AddHours(i), Now)!);
            }

            return Task.CompletedTask;
        });
        await Host.WriteAsync(db => db.MeterReports.Where(report => report.At == month).ExecuteUpdateAsync(row => row.SetProperty(report => report.DueAt, (DateTimeOffset?)null)));
        Time.Advance(TimeSpan.FromDays(40) - TimeSpan.FromSeconds(1));
        Assert.That(await SweepAsync(), Is.Zero);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await SweepAsync(), Is.EqualTo(2));
        Assert.That(await Host.ReadAsync(db => db.MeteredRenders.Select(render => render.CompletedAt).SingleAsync()), Is.EqualTo(month.AddHours(1)));
        Assert.That(await Host.ReadAsync(db => db.MeterReports.Select(report => report.At).SingleAsync()), Is.EqualTo(month.AddHours(1)));
    }

    Task<int> SweepAsync() => Host.Get<RetentionSweep>().RunAsync(CancellationToken.None);

    async Task<(int Attempts, int Deliveries, int Events)> CountsAsync() => (
        await Host.ReadAsync(db => db.Attempts.CountAsync()),
        await Host.ReadAsync(db => db.Deliveries.CountAsync()),
        await Host.ReadAsync(db => db.Events.CountAsync()));
}
