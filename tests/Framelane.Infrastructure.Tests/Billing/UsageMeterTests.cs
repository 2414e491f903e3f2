using Framelane.Application.Plans;
using Framelane.Domain.Billing;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Billing;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Tests.Assets;
using Framelane.Infrastructure.Tests.Jobs;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Billing;

/// <summary>Exactly the whole minutes beyond a plan's are billed, whatever happens at once or in between. The pro plan includes ten here.</summary>
[EveryDatabase]
public sealed class UsageMeterTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    static readonly TimeSpan PutOff = TimeSpan.FromMinutes(1);

    readonly List<TestHost> workers = [];

    Meter meter = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        meter = new();
        workers.AddRange([NewWorker(), NewWorker()]);
        await BecomeAsync(WorkspaceId, Plan.Pro);
        await BecomeCustomerAsync(WorkspaceId);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        foreach (var worker in workers)
            await worker.DisposeAsync();
        workers.Clear();
    }

    [Test]
    public async Task Many_who_complete_and_two_who_count_at_once_bill_the_whole_minutes_beyond()
    {
        var other = await AddWorkspaceAsync();
        await BecomeAsync(other, Plan.Pro);
        await BecomeCustomerAsync(other);
        for (var i = 0; i < 30; i++)
        {
            await workers[0].SubmitJobAsync(WorkspaceId, Later());
            await workers[0].SubmitJobAsync(other, Later());
        }

        var jobs = await Jobs(0).ClaimAsync(60, CancellationToken.None);
        var completing = Task.WhenAll(jobs.Select((job, i) => Task.Run(() => Jobs(i % 2).CompleteAsync(job, Made(job.WorkspaceId == other ? 30.5 : 45.5), CancellationToken.None))));
        await Task.WhenAll(Task.Run(() => SweepWhileAsync(0, completing)), Task.Run(() => SweepWhileAsync(1, completing)));
        Assert.That(await completing, Has.All.True);
        await SweepAsync();

        // 30 × 45.5 s are 22.75 minutes, and 30 × 30.5 s are 15.25.
        Assert.That((BilledTo(WorkspaceId), BilledTo(other)), Is.EqualTo((12, 5)));
        await RenderAsync(15);
        await SweepAsync();
        Assert.That((BilledTo(WorkspaceId), BilledTo(other)), Is.EqualTo((13, 5)), "the minute that had begun is full");
        Assert.That(await ReadAsync(db => db.MeteredRenders.CountAsync(render => render.CountedAt == null)), Is.Zero);
        Assert.That(await ReadAsync(db => db.MeterReports.CountAsync(report => report.DueAt != null || report.ToldAt == null)), Is.Zero);
    }

    [Test]
    public async Task Those_who_count_at_once_make_one_report()
    {
        await RenderAsync(600);
        for (var round = 1; round <= 10; round++)
        {
            await RenderAsync(60);
            await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => SweepAsync(i % 2))));
            Assert.That(await ReadAsync(db => db.MeterReports.SumAsync(report => report.Minutes)), Is.EqualTo(round));
        }

        Assert.That(meter.Minutes, Is.EqualTo(10));
    }

    [Test]
    public async Task A_minute_that_is_not_full_is_not_billed_nor_one_that_is_included()
    {
        await RenderAsync(659.999);
        await SweepAsync();
        Assert.That(meter.Asked, Is.Empty);
        var full = await RenderAsync(0.001);
        await SweepAsync();
        Assert.That(meter.Taken.Values, Is.EqualTo(new[] { new Meter.Event($"cus_{WorkspaceId}", 1, full) }));
    }

    [Test]
    public async Task What_a_plan_bills_is_what_was_rendered_on_it([Values] bool countsAtOnce)
    {
        (Plan Plan, double Minutes)[] month = [(Plan.Free, 5), (Plan.Pro, 8), (Plan.Enterprise, 100), (Plan.Pro, 3.5), (Plan.Free, 20), (Plan.Enterprise, 7)];
        foreach (var (plan, minutes) in month)
        {
            await BecomeAsync(WorkspaceId, plan);
            await RenderAsync(minutes * 60);
            if (countsAtOnce)
                await SweepAsync();
        }

        await SweepAsync();
        Assert.That(meter.Minutes, Is.EqualTo(1));
    }

    [Test]
    public async Task A_month_has_its_own_minutes_and_a_report_the_time_of_its_last_render()
    {
        Time.SetUtcNow(CalendarMonth.Of(Now).End.AddSeconds(-30));
        await RenderAsync(500);
        var last = await RenderAsync(220);
        Time.SetUtcNow(CalendarMonth.Of(Now).End);
        await RenderAsync(600);
        var first = await RenderAsync(60);
        await SweepAsync();
        Assert.That(meter.Taken.Values.Select(taken => (taken.Minutes, taken.At)), Is.EquivalentTo(new[] { (2L, last), (1L, first) }));
        Assert.That(CalendarMonth.Of(last), Is.Not.EqualTo(CalendarMonth.Of(first)));
    }

    [Test]
    public async Task A_report_whose_answer_was_lost_is_told_again_under_its_name_and_counts_once()
    {
        await RenderAsync(720);
        meter.LosesAnswers = true;
        await SweepAsync();
        Assert.That(await ReadAsync(db => db.MeterReports.SingleAsync()), Has.Property("ToldAt").Null);
        Time.Advance(PutOff);
        await SweepAsync(1);
        Assert.That(meter.Asked.Distinct().Count(), Is.EqualTo(1));
        Assert.That(meter.Asked, Has.Count.EqualTo(2));
        Assert.That(meter.Minutes, Is.EqualTo(2));
        Assert.That(await ReadAsync(db => db.MeterReports.SingleAsync()), Has.Property("ToldAt").EqualTo(Stored(Now)));
    }

    [Test]
    public async Task While_the_provider_is_away_for_one_the_others_go_on_and_one_more_report_tells_the_rest()
    {
        var other = await AddWorkspaceAsync();
        await BecomeAsync(other, Plan.Pro);
        await BecomeCustomerAsync(other);
        meter.IsAway = customer => customer == $"cus_{WorkspaceId}";
        await RenderAsync(660);
        await RenderAsync(720, other);
        await SweepAsync();
        Assert.That((BilledTo(WorkspaceId), BilledTo(other)), Is.EqualTo((0, 2)));

        for (var i = 0; i < 3; i++)
        {
            await RenderAsync(60);
            await SweepAsync(i % 2);
        }

        Assert.That(meter.Asked, Has.Count.EqualTo(2), "not again within the minute");
        Time.Advance(PutOff);
        await SweepAsync();
        Assert.That(meter.Asked, Has.Count.EqualTo(3));
        meter.IsAway = _ => false;
        Time.Advance(PutOff);
        await SweepAsync();
        await SweepAsync();
        Assert.That(meter.Taken.Values.Where(taken => taken.Customer == $"cus_{WorkspaceId}").Select(taken => taken.Minutes), Is.EquivalentTo(new[] { 1, 3 }));
    }

    [Test]
    public async Task What_is_too_old_to_be_taken_is_given_up_aloud_and_does_not_come_back()
    {
        meter.IsAway = _ => true;
        var first = await RenderAsync(660);
        await SweepAsync();
        Time.SetUtcNow(first + MeterReport.Lifetime);
        await SweepAsync();
        Assert.That(meter.Asked, Has.Count.EqualTo(2));
        Time.Advance(PutOff);
        await SweepAsync();
        Assert.That(meter.Asked, Has.Count.EqualTo(2));
        Assert.That(workers[0].Log.Lines, Has.Exactly(1).StartsWith($"Error: 1 minutes that {WorkspaceId} used until"));
        Assert.That(await ReadAsync(db => db.MeterReports.SingleAsync()), Has.Property("ToldAt").Null.And.Property("DueAt").Null);
        meter.IsAway = _ => false;
        await SweepAsync();
        Assert.That(meter.Minutes, Is.Zero);
    }

    [Test]
    public async Task Nothing_is_noted_of_whoever_nobody_bills()
    {
        var nobodys = await AddWorkspaceAsync();
        await BecomeAsync(nobodys, Plan.Pro);
        await RenderAsync(700, nobodys);
        await BecomeAsync(WorkspaceId, Plan.Enterprise);
        await RenderAsync(700);
        await BecomeAsync(WorkspaceId, Plan.Pro);
        meter.TakesMinutes = false;
        await RenderAsync(700);
        Assert.That(await ReadAsync(db => db.MeteredRenders.CountAsync()), Is.Zero);
    }

    [Test]
    public async Task A_worker_without_billing_says_that_it_cannot_note_what_a_customer_renders()
    {
        (meter.IsConfigured, meter.TakesMinutes) = (false, false);
        await RenderAsync(700);
        Assert.That(workers[0].Log.Lines, Has.One.Matches("^Warning: .*has no Framelane:Stripe"));
    }

    [Test]
    public async Task More_than_a_batch_is_one_report()
    {
        var at = Now;
        await Host.WriteAsync(db =>
        {
            for (var i = 0; i < UsageMeter.BatchSize + 1; i++)
                db.MeteredRenders.Add(MeteredRender.Of(Rendered.Of(WorkspaceId, 6, at), Plan.Pro));
            return Task.CompletedTask;
        });
        await SweepAsync();
        Assert.That(await ReadAsync(db => db.MeteredRenders.CountAsync(render => render.CountedAt == null)), Is.Zero);
        Assert.That(meter.Taken.Values.Select(taken => taken.Minutes), Is.EqualTo(new[] { 40 }));
    }

    TestHost NewWorker() => NewHost(services =>
    {
        services.AddAssetWork();
        services.AddSingleton(meter.Provider);
        services.AddMeter(new ConfigurationBuilder().Build());
        services.Configure<PlanOptions>(plans => plans.Pro.RenderMinutes = 10);
    });

    JobQueue Jobs(int worker) => workers[worker].Get<JobQueue>();

    Task<int> SweepAsync(int worker = 0) => workers[worker].Get<UsageMeter>().RunAsync(CancellationToken.None);

    async Task SweepWhileAsync(int worker, Task others)
    {
        while (!others.IsCompleted)
            await SweepAsync(worker);
    }

    long BilledTo(WorkspaceId id) => meter.Taken.Values.Where(taken => taken.Customer == $"cus_{id}").Sum(taken => taken.Minutes);

    /// <returns>When it completed, as it is stored.</returns>
    async Task<DateTimeOffset> RenderAsync(double seconds, WorkspaceId? of = null)
    {
        await workers[0].SubmitJobAsync(of ?? WorkspaceId, Later());
        var job = (await Jobs(0).ClaimAsync(1, CancellationToken.None)).Single();
        Assert.That(await Jobs(0).CompleteAsync(job, Made(seconds), CancellationToken.None), Is.True);
        return Stored(Now);
    }

    DateTimeOffset Later()
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        return Now;
    }

    /// <summary>Stored times are whole microseconds.</summary>
    static DateTimeOffset Stored(DateTimeOffset time) => time.AddTicks(-(time.Ticks % 10));

    static JobResult Made(double seconds) => new(new("key", "video.mp4", "video/mp4", 64, 32, seconds, 1000), []);

    Task<T> ReadAsync<T>(Func<Framelane.Infrastructure.Persistence.FramelaneDbContext, Task<T>> read) => Host.ReadAsync(read);

    Task BecomeAsync(WorkspaceId id, Plan plan) =>
        Host.WriteAsync(db => db.Workspaces.Where(workspace => workspace.Id == id).ExecuteUpdateAsync(row => row.SetProperty(workspace => workspace.Plan, plan)));

    Task BecomeCustomerAsync(WorkspaceId id) => Host.WriteAsync(db =>
    {
        db.BillingAccounts.Add(BillingAccount.Open(id, $"cus_{id}", Now));
        return Task.CompletedTask;
    });
}
