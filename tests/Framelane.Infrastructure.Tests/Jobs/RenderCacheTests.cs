using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Storage;
using Framelane.Infrastructure.Telemetry;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Framelane.Infrastructure.Tests.Jobs;

/// <summary>A render that was made before is copied; each job's file is its own.</summary>
[EveryDatabase]
public sealed class RenderCacheTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    const string Wanted = "00ff";

    readonly Mock<IRenderEngine> engine = new();

    TestHost host = null!;

    MediaOptions options = null!;

    [SetUp]
    public void PrepareCache()
    {
        options = new();
        engine.Setup(port => port.VersionAsync(It.IsAny<CancellationToken>())).ReturnsAsync("1");
        host = NewHost(services => services.AddStorage(new ConfigurationBuilder().Build()).AddMetrics().AddSingleton(engine.Object).AddSingleton(Microsoft.Extensions.Options.Options.Create(options))
            .AddSingleton<IRenderCache, RenderCache>().AddSingleton<RenderCacheMetrics>());
    }

    [TearDown]
    public async Task CleanCache()
    {
        if (host is not null)
            await host.DisposeAsync();
    }

    IRenderCache Cache => host.Get<IRenderCache>();

    string Target => $"{WorkspaceId}/target.mp4";

    [Test]
    public async Task What_a_job_made_is_copied_with_all_that_is_told_of_it_and_outlives_that_job()
    {
        var made = await MadeAsync(Wanted, content: 7, warnings: ["odd"]);
        var taken = (await Cache.TakeAsync(WorkspaceId, Wanted, Target, CancellationToken.None))!;
        await host.Get<IObjectStorage>().DeleteAsync(made.Output!.Key, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(taken.Output, Is.EqualTo(made.Output with { Key = Target }));
            Assert.That(taken.Warnings, Is.EqualTo(new[] { "odd" }));
            Assert.That(taken.ContentKey, Is.EqualTo(Wanted));
        });
        Assert.That(await ReadAsync(Target), Is.EqualTo(new byte[] { 7 }));
    }

    [Test]
    public async Task The_newest_is_taken()
    {
        await MadeAsync(Wanted, content: 1);
        await MadeAsync(Wanted, content: 2);
        await MadeAsync("other", content: 3);
        await Cache.TakeAsync(WorkspaceId, Wanted, Target, CancellationToken.None);
        Assert.That(await ReadAsync(Target), Is.EqualTo(new byte[] { 2 }));
    }

    [Test]
    public async Task Nothing_is_taken_from_another_workspace()
    {
        await MadeAsync(Wanted, content: 1, await AddWorkspaceAsync());
        Assert.That(await Cache.TakeAsync(WorkspaceId, Wanted, Target, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task What_is_kept_no_longer_or_has_gone_from_storage_is_made_again()
    {
        await MadeAsync(Wanted, content: 1, change: job => job.RemoveOutput(Now));
        Assert.That(await Cache.TakeAsync(WorkspaceId, Wanted, Target, CancellationToken.None), Is.Null);
        var gone = await MadeAsync(Wanted, content: 1);
        await host.Get<IObjectStorage>().DeleteAsync(gone.Output!.Key, CancellationToken.None);
        Assert.That(await Cache.TakeAsync(WorkspaceId, Wanted, Target, CancellationToken.None), Is.Null);
        Assert.That(await host.Get<IObjectStorage>().FindAsync(Target, CancellationToken.None), Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Nothing_is_named_where_nothing_is_reused(bool reuses)
    {
        options.ReuseRenders = reuses;
        var order = new RenderOrder(new(), new Dictionary<string, string>(), "folder", null, new(TimeSpan.FromHours(1), 1));
        Assert.That(await Cache.KeyOfAsync(order, CancellationToken.None), reuses ? Is.Not.Null : Is.Null);
    }

    async Task<Job> MadeAsync(string contentKey, byte content, WorkspaceId? workspaceId = null, IReadOnlyList<string>? warnings = null, Action<Job>? change = null)
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        var owner = workspaceId ?? WorkspaceId;
        var job = Job.Submit(JobId.New(JobKind.Render, Now), JobKind.Render, null, owner, new Dictionary<string, string>(), null, [], ingests: false, Now);
        job.Claim(TimeSpan.FromMinutes(1), Now);
        job.Complete(new($"{owner}/{job.Id}-1.mp4", "a.mp4", "video/mp4", 64, 32, 1, 1), warnings ?? [], Now, contentKey);
        change?.Invoke(job);
        await host.WriteAsync(db =>
        {
            db.Add(job);
            return Task.CompletedTask;
        });
        var source = Path.Combine(Database.Folder, $"source-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(source, [content]);
        await host.Get<IObjectStorage>().PutAsync(job.Output!.Key, source, "video/mp4", CancellationToken.None);
        return job;
    }

    async Task<byte[]> ReadAsync(string key)
    {
        await using var stored = await host.Get<IObjectStorage>().OpenReadAsync(key, CancellationToken.None);
        using var copy = new MemoryStream();
        await stored.CopyToAsync(copy);
        return copy.ToArray();
    }
}
