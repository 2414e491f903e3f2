using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Plans;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Scenes;
using Framelane.Application.Workspaces.Delete;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Identities;
using Framelane.Domain.Jobs;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Tests.Assets;
using Framelane.Infrastructure.Tests.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Jobs;

/// <summary>What a plan limits is limited, however many ask at once and however many work, on every database. The free plan has 25 minutes and one place.</summary>
[EveryDatabase]
public sealed class PlanContract<TDatabase> : AssetStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    static readonly TimeSpan Lease = new MediaOptions().JobLease;

    WorkspaceId free;

    JobQueue Jobs => Worker.Get<JobQueue>();

    [SetUp]
    public async Task AddFreeAsync() => free = await AddWorkspaceAsync();

    [Test]
    public async Task Of_many_who_ask_at_once_as_many_are_let_in_as_there_are_minutes()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => SubmitAsync(60))));
        Assert.That(answers.Count(answer => answer.IsSuccess), Is.EqualTo(25));
        Assert.That(answers.Where(answer => !answer.IsSuccess).Select(answer => answer.Error!.Code), Is.All.EqualTo("quota_exceeded"));
    }

    [Test]
    public async Task What_was_kept_comes_back_when_a_render_fails_or_is_cancelled_and_is_settled_when_it_completes()
    {
        var (failing, cancelled, completing) = (await AcceptedAsync(500), await AcceptedAsync(500), await AcceptedAsync(500));
        Assert.That((await SubmitAsync(1)).Error?.Code, Is.EqualTo("quota_exceeded"));

        await Jobs.FailAsync(await ClaimAsync(failing), "invalid_source", "No.", CancellationToken.None);
        await Worker.CancelJobAsync(free, cancelled);
        Assert.That(await CommittedAsync(), Is.EqualTo(new CommittedUsage(0, 500_000)));

        await Jobs.CompleteAsync(await ClaimAsync(completing), Made(seconds: 300), CancellationToken.None);
        Assert.That(await CommittedAsync(), Is.EqualTo(new CommittedUsage(300_000, 0)));
        Assert.That(((await SubmitAsync(1201)).IsSuccess, (await SubmitAsync(1200)).IsSuccess), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_render_of_unknown_length_keeps_all_that_is_left()
    {
        await AcceptedAsync(600);
        var unknown = await AcceptedAsync(seconds: null);
        Assert.That((await Worker.FindJobAsync(unknown)).ReservedMilliseconds, Is.EqualTo(900_000));
        Assert.That((await SubmitAsync(null)).Error?.Code, Is.EqualTo("quota_exceeded"));
        await Worker.CancelJobAsync(free, unknown);
        Assert.That((await SubmitAsync(900)).IsSuccess, Is.True);
    }

    [Test]
    public async Task A_month_starts_with_all_its_minutes()
    {
        Time.SetUtcNow(CalendarMonth.Of(Now).End.AddSeconds(-30));
        await Jobs.CompleteAsync(await ClaimAsync(await AcceptedAsync(1500)), Made(1500), CancellationToken.None);
        Assert.That((await SubmitAsync(1)).Error?.Code, Is.EqualTo("quota_exceeded"));
        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.That((await SubmitAsync(1500)).IsSuccess, Is.True);
    }

    [Test]
    public async Task Who_deletes_a_workspace_and_begins_anew_goes_on_where_the_month_was()
    {
        var ada = IdentityName.TryMake("https://id.example.com", "user_ada")!;
        await Worker.WriteAsync(db =>
        {
            db.Identities.Add(Identity.Create(ada, free, Now));
            return db.SaveChangesAsync();
        });
        await Jobs.CompleteAsync(await ClaimAsync(await AcceptedAsync(1200)), Made(1200), CancellationToken.None);
        await using (var scope = Worker.Scope())
            await scope.ServiceProvider.GetRequiredService<ISender>().Send(new DeleteWorkspaceCommand(Actor.System(free)));

        free = await AddWorkspaceAsync();
        await BeginAsync(ada);
        Assert.That(await CommittedAsync(), Is.EqualTo(new CommittedUsage(1_200_000, 0)));
        Assert.That(((await SubmitAsync(301)).Error?.Code, (await SubmitAsync(300)).IsSuccess), Is.EqualTo(("quota_exceeded", true)));
        Assert.That((await Worker.ReadAsync(db => db.SpentMinutes.SingleAsync())).Owner, Does.Match("^[0-9a-f]{64}$"), "Nobody is to be known by it.");

        free = await AddWorkspaceAsync();
        await BeginAsync(IdentityName.TryMake(ada.Issuer, "user_eve")!);
        Assert.That(await CommittedAsync(), Is.EqualTo(default(CommittedUsage)));

        Time.SetUtcNow(CalendarMonth.Of(Now).End);
        free = await AddWorkspaceAsync();
        await BeginAsync(ada);
        Assert.That(await CommittedAsync(), Is.EqualTo(default(CommittedUsage)));
    }

    [Test]
    public async Task Renders_above_the_limit_stay_queued_and_go_on_in_their_order()
    {
        var ids = new[] { await AcceptedAsync(1), await AcceptedAsync(1), await AcceptedAsync(1), await AcceptedAsync(1) };
        var others = await Worker.SubmitJobAsync(WorkspaceId, Later());
        var claimed = await Jobs.ClaimAsync(10, CancellationToken.None);
        Assert.That(claimed.Select(job => job.Id), Is.EquivalentTo(new[] { ids[0], others }));
        Assert.That((await Worker.FindJobAsync(ids[1])).Status, Is.EqualTo(JobStatus.Queued));
        Assert.That(await Jobs.ClaimAsync(10, CancellationToken.None), Is.Empty);

        await Jobs.CompleteAsync(claimed.Single(job => job.Id == ids[0]), Made(1), CancellationToken.None);
        var second = await ClaimAsync(ids[1]);
        await Jobs.FailAsync(second, "invalid_source", "No.", CancellationToken.None);
        await ClaimAsync(ids[2]);
        await Worker.CancelJobAsync(free, ids[2]);
        await ClaimAsync(ids[3]);
    }

    [Test]
    public async Task One_whose_worker_died_keeps_its_place_and_is_taken_up_in_it()
    {
        var (first, second) = (await AcceptedAsync(1), await AcceptedAsync(1));
        await ClaimAsync(first);
        Time.Advance(Lease + TimeSpan.FromMinutes(2));
        await ClaimAsync(first);
        Assert.That((await Worker.FindJobAsync(second)).Status, Is.EqualTo(JobStatus.Queued));
    }

    [Test]
    public async Task Workers_that_claim_at_once_take_no_more_than_the_limit_together()
    {
        var other = await AddWorkspaceAsync();
        await using var second = NewHost(services => services.AddAssetWork());
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                await Worker.SubmitJobAsync(free, Later());
                await Worker.SubmitJobAsync(other, Later());
            }

            var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
                () => (i % 2 == 0 ? Worker : second).Get<JobQueue>().ClaimAsync(1 + i, CancellationToken.None))));
            var running = claims.SelectMany(jobs => jobs).ToArray();
            Assert.That(running.Select(job => job.WorkspaceId), Is.EquivalentTo(new[] { free, other }), $"round {round}");
            foreach (var job in running)
                await Jobs.CompleteAsync(job, Made(1), CancellationToken.None);
            await Worker.WriteAsync(db => db.Jobs.Where(job => job.Status == JobStatus.Queued).ExecuteDeleteAsync());
        }
    }

    static JobResult Made(double seconds) => new(new("key", "video.mp4", "video/mp4", 64, 32, seconds, 1000), []);

    async Task<ClaimedJob> ClaimAsync(JobId id)
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        var claimed = await Jobs.ClaimAsync(10, CancellationToken.None);
        Assert.That(claimed.Select(job => job.Id), Is.EqualTo(new[] { id }));
        return claimed[0];
    }

    async Task<JobId> AcceptedAsync(double? seconds)
    {
        Later();
        var answer = await SubmitAsync(seconds);
        return JobId.TryParse(JobKind.Render, answer.Value?.Id) ?? throw new AssertionException(answer.Error!.Message);
    }

    async Task<Result<JobResponse>> SubmitAsync(double? seconds)
    {
        await using var scope = Worker.Scope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(new CreateRenderCommand(Actor.System(free), new CreateRenderRequest { Duration = seconds }));
    }

    /// <summary>As whoever enters by the console does.</summary>
    async Task BeginAsync(IdentityName name)
    {
        await using var scope = Worker.Scope();
        var (services, none) = (scope.ServiceProvider, CancellationToken.None);
        await services.GetRequiredService<IUnitOfWork>().ExecuteAsync<bool>(
            async token =>
            {
                var workspace = await services.GetRequiredService<IWorkspaceRepository>().GetForUpdateAsync(free, token);
                await services.GetRequiredService<FormerUse>().CarryAsync(workspace, [name], Now, token);
                return true;
            },
            none);
    }

    async Task<CommittedUsage> CommittedAsync()
    {
        await using var scope = Worker.Scope();
        return await scope.ServiceProvider.GetRequiredService<IUsageLedger>().CommittedAsync(free, CalendarMonth.Of(Now), CancellationToken.None);
    }
}
