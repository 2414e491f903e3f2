using System.Data.Common;
using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Assets;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Records;
using Framelane.Infrastructure.Tests.Assets;
using Framelane.Infrastructure.Tests.Jobs;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Leasing;

/// <summary>Much of one workspace waits, on every database.</summary>
[EveryDatabase]
public sealed class BacklogContract<TDatabase> : AssetStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    const int Waiting = 300;

    [Test]
    public async Task Anothers_fetch_is_claimed_once_and_begins_however_slow_the_looks_are()
    {
        var imports = Imports(WorkspaceId, AssetWork.Fetch.PlacesOfOne + Waiting);
        var other = Imports(await AddWorkspaceAsync(), 1).Single();
        await Worker.WriteAsync(db =>
        {
            db.Assets.AddRange([.. imports, other]);
            return Task.CompletedTask;
        });
        Assert.That(await Queue.ClaimAsync(AssetWork.Fetch.PlacesOfOne, CancellationToken.None), Has.Count.EqualTo(AssetWork.Fetch.PlacesOfOne));
        await Worker.WriteAsync(db => db.Assets.Where(asset => asset.Runs > 0).ExecuteUpdateAsync(asset => asset.SetProperty(row => row.ClaimableAt, Now.AddHours(1))));

        using var looks = new Looks(() => Time.Advance(TimeSpan.FromSeconds(31)));
        await using var slow = SlowHost(looks);
        var claimed = await slow.Services.GetRequiredKeyedService<AssetQueue>(AssetWork.Fetch).ClaimAsync(8, looks.Token);
        Assert.That(claimed.Select(claim => claim.Id), Is.EqualTo(new[] { other.Id }));
        Assert.That((await Worker.FindAssetAsync(other.Id)).Runs, Is.EqualTo(1));
    }

    [Test]
    public async Task Anothers_render_is_claimed_once_and_begins_however_slow_the_looks_are()
    {
        var crowded = await AddWorkspaceAsync();
        await AddAsync(Renders(crowded, 1 + Waiting));
        var other = Renders(await AddWorkspaceAsync(), 1);
        await AddAsync(other);
        Assert.That(await Worker.Get<JobQueue>().ClaimAsync(1, CancellationToken.None), Has.Count.EqualTo(1));
        await Worker.WriteAsync(db => db.Jobs.Where(job => job.Runs > 0).ExecuteUpdateAsync(job => job.SetProperty(row => row.ClaimableAt, Now.AddHours(1))));

        using var looks = new Looks(() => Time.Advance(TimeSpan.FromSeconds(31)));
        await using var slow = SlowHost(looks);
        var claimed = await slow.Get<JobQueue>().ClaimAsync(8, looks.Token);
        Assert.That(claimed.Select(claim => claim.Id), Is.EqualTo(other.Select(job => job.Id)));
        Assert.That((await Worker.FindJobAsync(other[0].Id)).Runs, Is.EqualTo(1));
    }

    [Test]
    public async Task What_waits_for_places_is_looked_at_again_soon_at_its_front_and_far_behind_later()
    {
        await Worker.WriteAsync(db =>
        {
            db.Assets.AddRange(Imports(WorkspaceId, AssetWork.Fetch.PlacesOfOne + Waiting));
            return Task.CompletedTask;
        });
        await Queue.ClaimAsync(AssetWork.Fetch.PlacesOfOne, CancellationToken.None);
        Assert.That(await Queue.ClaimAsync(8, CancellationToken.None), Is.Empty);
        var waits = await Worker.ReadAsync(db => db.Assets.Where(asset => asset.Runs == 0).OrderBy(asset => asset.Id).Select(asset => asset.ClaimableAt).ToListAsync());
        Assert.That(waits.Take(100), Has.All.EqualTo(Now.AddMinutes(1)).Within(TimeSpan.FromMilliseconds(1)));
        Assert.That(waits.Skip(100), Has.All.EqualTo(Now.AddMinutes(10)).Within(TimeSpan.FromMilliseconds(1)));
    }

    [Test]
    public async Task Jobs_that_fail_of_one_import_do_so_a_hundred_in_a_transaction()
    {
        const int count = 600;
        var import = Imports(WorkspaceId, 1).Single();
        import.Fail(new("invalid_source", "No."));
        await Worker.AddAssetAsync(import);
        await AddAsync(Renders(WorkspaceId, count), import.Id);

        using var looks = new Looks(() => Time.Advance(TimeSpan.FromSeconds(1)));
        await using var slow = SlowHost(looks);
        Assert.That(await slow.Get<JobQueue>().ClaimAsync(1, looks.Token), Is.Empty);
        var failed = await Worker.ReadAsync(db =>
            db.Jobs.Where(job => job.Status == JobStatus.Failed).GroupBy(job => job.CompletedAt).Select(look => look.Count()).ToListAsync());
        Assert.That((failed.Sum(), failed.Max()), Is.EqualTo((count, 100)));
    }

    [TestCase(20)]
    [TestCase(500)]
    public async Task A_render_of_a_workspace_of_which_none_is_worked_on_goes_before_those_of_one_that_asked_for_many(int count)
    {
        var many = Renders(WorkspaceId, count);
        await AddAsync(many);
        var other = Renders(await AddWorkspaceAsync(), 1).Single();
        await AddAsync([other]);
        var jobs = Worker.Get<JobQueue>();
        var claimed = new[] { await jobs.ClaimAsync(1, CancellationToken.None), await jobs.ClaimAsync(1, CancellationToken.None), await jobs.ClaimAsync(2, CancellationToken.None) };
        Assert.That(claimed.SelectMany(claims => claims).Select(claim => claim.Id), Is.EqualTo(new[] { many[0].Id, other.Id, many[1].Id, many[2].Id }));
    }

    [Test]
    public async Task Renders_whose_worker_died_keep_their_workspace_from_nothing()
    {
        await AddAsync(Renders(WorkspaceId, 2));
        var jobs = Worker.Get<JobQueue>();
        var first = await jobs.ClaimAsync(2, CancellationToken.None);
        Time.Advance(jobs.Lease);
        await AddAsync(Renders(await AddWorkspaceAsync(), 1));
        Assert.That((await jobs.ClaimAsync(1, CancellationToken.None)).Select(claim => claim.Id), Is.EqualTo(new[] { first[0].Id }));
    }

    List<Asset> Imports(WorkspaceId workspaceId, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Asset.Import(AssetId.New(Later()), ImportId.New(Now), workspaceId, "https://example.com/clip", null, Now))];

    List<Job> Renders(WorkspaceId workspaceId, int count) => [.. Enumerable.Range(0, count).Select(_ => Job.Submit(
        JobId.New(JobKind.Render, Later()), JobKind.Render, null, workspaceId, new Dictionary<string, string>(), null, [], ingests: false, Now))];

    Task AddAsync(List<Job> jobs, params AssetId[] sources) => Worker.WriteAsync(db =>
    {
        db.Jobs.AddRange(jobs);
        db.JobRequests.AddRange(jobs.Select(job => new JobRequestRecord { JobId = job.Id, Document = "{}"u8.ToArray() }));
        db.JobSources.AddRange(jobs.SelectMany(job => sources.Select(
            source => new JobSourceRecord { JobId = job.Id, AssetId = source, Url = "https://example.com/clip", Place = "elements[0].source_url" })));
        return Task.CompletedTask;
    });

    TestHost SlowHost(Looks looks) => NewHost(services =>
    {
        services.AddAssetWork();
        services.ConfigureDbContext<FramelaneDbContext>(options => options.AddInterceptors(looks));
    });

    /// <summary>Each takes its time, and there is an end to them.</summary>
    sealed class Looks(Action pass) : DbTransactionInterceptor, IDisposable
    {
        const int Most = 20;

        readonly CancellationTokenSource source = new();

        int count;

        public CancellationToken Token => source.Token;

        public override ValueTask<DbTransaction> TransactionStartedAsync(
            DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
        {
            pass();
            if (++count > Most)
                source.Cancel();
            return new(result);
        }

        public void Dispose() => source.Dispose();
    }
}
