using Framelane.Application.Abstractions;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>What was used is added up by kind, of one workspace, between two instants.</summary>
[EveryDatabase]
public sealed class UsageLedgerTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task Sums_are_of_one_workspace_from_the_first_instant_to_just_before_the_last()
    {
        var month = CalendarMonth.Of(Now);
        var (from, until) = (month.Start, month.End);
        var other = await AddWorkspaceAsync();
        await AddAsync(
            UsageEntry.OfEgress(WorkspaceId, 1, from.AddTicks(-10))!,
            UsageEntry.OfEgress(WorkspaceId, 10, from)!,
            UsageEntry.OfEgress(WorkspaceId, 5L << 40, until.AddTicks(-10))!,
            UsageEntry.OfEgress(WorkspaceId, 1000, until)!,
            UsageEntry.OfEgress(other, 10_000, from)!,
            Rendered.Of(WorkspaceId, 1, from.AddTicks(-10)),
            Rendered.Of(WorkspaceId, 90, from),
            Rendered.Of(WorkspaceId, 30, until.AddTicks(-10)),
            Rendered.Of(WorkspaceId, 1000, until));
        Assert.That(await SumAsync(WorkspaceId, from, until), Is.EquivalentTo(new Dictionary<UsageKind, long> { [UsageKind.Egress] = (5L << 40) + 10, [UsageKind.Render] = 120_000 }));
        Assert.That(await CommittedAsync(month), Is.EqualTo(new CommittedUsage(120_000, 0)));
        Assert.That(await SumAsync(WorkspaceId.New(Now), from, until), Is.Empty);
    }

    [Test]
    public async Task A_job_counts_once()
    {
        var job = Rendered.Job(WorkspaceId, 90, Now);
        await AddAsync(UsageEntry.OfCompleted(job)!);
        Assert.That(() => AddAsync(UsageEntry.OfCompleted(job)!), Throws.InstanceOf<DbUpdateException>());
        Assert.That((await SumAsync(WorkspaceId, Now.AddDays(-1), Now.AddDays(1)))[UsageKind.Render], Is.EqualTo(90_000));
    }

    [Test]
    public async Task A_thousand_downloads_of_an_hour_are_one_line_of_which_nothing_is_lost()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 125; i++)
                await DownloadAsync(7);
        })));
        Assert.That(await Host.ReadAsync(db => db.Usage.CountAsync()), Is.EqualTo(1));
        Time.Advance(TimeSpan.FromHours(1));
        await DownloadAsync(1);
        Assert.That(await Host.ReadAsync(db => db.Usage.CountAsync()), Is.EqualTo(2));
        Assert.That((await SumAsync(WorkspaceId, Now.AddDays(-1), Now.AddDays(1)))[UsageKind.Egress], Is.EqualTo(7001));
    }

    async Task DownloadAsync(long bytes)
    {
        var counted = await Host.WriteAsync<bool>(async (services, token) =>
        {
            await services.GetRequiredService<IUsageLedger>().AddEgressAsync(UsageEntry.OfEgress(WorkspaceId, bytes, Now)!, token);
            return true;
        });
        Assert.That(counted.IsSuccess, Is.True);
    }

    async Task<CommittedUsage> CommittedAsync(CalendarMonth month)
    {
        await using var scope = Host.Scope();
        return await scope.ServiceProvider.GetRequiredService<IUsageLedger>().CommittedAsync(WorkspaceId, month, CancellationToken.None);
    }

    async Task<IReadOnlyDictionary<UsageKind, long>> SumAsync(WorkspaceId workspaceId, DateTimeOffset from, DateTimeOffset until)
    {
        await using var scope = Host.Get<IServiceScopeFactory>().CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IUsageLedger>().SumAsync(workspaceId, from, until, CancellationToken.None);
    }

    Task AddAsync(params UsageEntry[] entries) => Host.WriteAsync(db =>
    {
        db.Usage.AddRange(entries);
        return Task.CompletedTask;
    });
}
