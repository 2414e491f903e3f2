using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Signups;

[EveryDatabase]
public sealed class SignupSweepTests<TDatabase> : SignupStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Test]
    public async Task What_nobody_verified_goes_after_a_week_with_all_that_it_has_and_nothing_else()
    {
        var verified = await MakeVerifiedAsync("verified@example.com");
        await SignUpAsync("verified@example.com");
        await SignUpAsync(name: "Former");
        await SignUpAsync(name: "Pending");
        var unverifiedByOthers = await AddWorkspaceAsync();
        await Host.WriteAsync(db => db.Workspaces.Where(row => row.Id == unverifiedByOthers).ExecuteUpdateAsync(row => row.SetProperty(workspace => workspace.EmailVerified, false)));
        await MailsAsync();

        Time.Advance(Week);
        await SweepAsync();
        Assert.That(await WorkspacesAsync(), Has.Count.EqualTo(6), "a verification may still be at work");
        Time.Advance(TimeSpan.FromHours(1));
        await SweepAsync();

        Assert.That(await WorkspacesAsync(), Is.EquivalentTo(new[] { WorkspaceId, WorkspaceId.FromStored(verified.Workspace.Id), unverifiedByOthers }));
        Assert.That(await Host.ReadAsync(db => db.ApiKeys.Select(key => key.WorkspaceId).Distinct().ToListAsync()), Is.SubsetOf(await WorkspacesAsync()));
        Assert.That(await Host.ReadAsync(db => db.AuditLog.Select(line => line.WorkspaceId).Distinct().ToListAsync()), Is.SubsetOf(await WorkspacesAsync()));
        Assert.That(await Host.ReadAsync(db => db.Signups.CountAsync()), Is.Zero);
    }

    [Test]
    public async Task Addresses_that_were_only_asked_about_are_forgotten_after_a_day()
    {
        await VerifyAsync("123456", "nobody@example.com");
        await SignUpAsync();
        Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        await SweepAsync();
        Assert.That(await Host.ReadAsync(db => db.Signups.CountAsync()), Is.EqualTo(2));
        Time.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync();
        Assert.That(await Host.ReadAsync(db => db.Signups.Select(signup => signup.Address).ToListAsync()), Is.EqualTo(new[] { Zoe }));
    }

    [Test]
    public async Task They_go_in_batches()
    {
        for (var i = 0; i < UnverifiedWorkspaces.BatchSize + 1; i++)
            await SignUpAsync();
        Time.Advance(Week + TimeSpan.FromHours(1));
        var sweep = Host.Get<RetentionSweep>().RunAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            return sweep.IsCompleted;
        });

        Assert.That(await sweep, Is.EqualTo(UnverifiedWorkspaces.BatchSize + 2), "and the address");
        Assert.That(await WorkspacesAsync(), Has.Count.EqualTo(1));
    }

    Task<int> SweepAsync() => Host.Get<RetentionSweep>().RunAsync(CancellationToken.None);

    Task<List<WorkspaceId>> WorkspacesAsync() => Host.ReadAsync(db => db.Workspaces.Select(workspace => workspace.Id).ToListAsync());
}
