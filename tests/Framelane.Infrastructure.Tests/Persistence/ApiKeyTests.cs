using Framelane.Application.Abstractions;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence.Keys;
using Framelane.Infrastructure.Persistence.Repositories;
using Framelane.Infrastructure.Rotation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Persistence;

[EveryDatabase]
public sealed class ApiKeyTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task A_key_is_recognised_with_its_workspace()
    {
        var (secret, id) = await AddKeyAsync();
        var known = await AuthenticateAsync(secret);
        Assert.That(known, Is.EqualTo(new AuthenticatedKey(id, WorkspaceId, Plan.Enterprise, true)));
    }

    [Test]
    public async Task Nobody_s_key_is_not()
    {
        await AddKeyAsync();
        Assert.That(await AuthenticateAsync(ApiKeySecret.Generate()), Is.Null);
    }

    [Test]
    public async Task Keys_that_begin_alike_are_told_apart()
    {
        var (mine, one) = await AddKeyAsync(ApiKeySecret.TryParse("fl_live_sameprefix" + new string('a', 30)));
        var (theirs, two) = await AddKeyAsync(ApiKeySecret.TryParse("fl_live_sameprefix" + new string('b', 30)));
        Assert.That((await AuthenticateAsync(mine))?.KeyId, Is.EqualTo(one));
        Assert.That((await AuthenticateAsync(theirs))?.KeyId, Is.EqualTo(two));
        Assert.That(await AuthenticateAsync(ApiKeySecret.TryParse("fl_live_sameprefix" + new string('c', 30))!), Is.Null);
    }

    [Test]
    public async Task A_key_that_differs_in_case_is_another()
    {
        await AddKeyAsync(ApiKeySecret.TryParse("fl_live_" + new string('a', 40)));
        Assert.That(await AuthenticateAsync(ApiKeySecret.TryParse("fl_live_" + new string('A', 40))!), Is.Null);
    }

    [Test]
    public async Task Once_a_revocation_is_answered_no_process_accepts_the_key()
    {
        await using var other = NewHost();
        var (secret, id) = await AddKeyAsync();
        Assert.That(await AuthenticateAsync(secret, other), Is.Not.Null);
        await RevokeAsync(id);
        Assert.That(Host.Barrier.Passed, Has.Count.EqualTo(1));
        Assert.That(await AuthenticateAsync(secret), Is.Null);
        Assert.That(await AuthenticateAsync(secret, other), Is.Null);
    }

    [Test]
    public async Task A_look_up_that_a_revocation_overtakes_does_not_count()
    {
        var (secret, id) = await AddKeyAsync();
        var gate = new OvertakenGate(new(Time, Options.Create(new WebhooksOptions())), () => RevokeAsync(id));
        await using var host = NewHost(services => services.AddSingleton<IEpochGate>(gate));
        Assert.That(await AuthenticateAsync(secret, host), Is.Null);
        Assert.That(gate.Asked, Is.EqualTo(1), "the second look-up finds no key to ask about");
    }

    [Test]
    public async Task A_look_up_older_than_a_permit_does_not_count()
    {
        var (secret, _) = await AddKeyAsync();
        var lifetime = new WebhooksOptions().PermitLifetime;
        var gate = new OvertakenGate(
            new(Time, Options.Create(new WebhooksOptions())),
            () =>
            {
                Time.Advance(lifetime);
                return Task.CompletedTask;
            },
            closes: false);
        await using var host = NewHost(services => services.AddSingleton<IEpochGate>(gate));
        Assert.That(await AuthenticateAsync(secret, host), Is.Not.Null);
        Assert.That(gate.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task A_look_up_that_never_counts_is_given_up_and_accepts_nobody()
    {
        var (secret, _) = await AddKeyAsync();
        for (var i = 0; i < 10; i++)
            Host.Gate.Answers.Enqueue(false);
        Assert.That(() => AuthenticateAsync(secret), Throws.InstanceOf<Application.Abstractions.UnavailableException>());
    }

    [Test]
    public async Task The_gate_is_asked_with_the_epoch_that_was_read_with_the_key()
    {
        var (secret, _) = await AddKeyAsync();
        await AuthenticateAsync(secret);
        await Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token));
        await AuthenticateAsync(secret);
        Assert.That(Host.Gate.Epochs, Is.EqualTo(new[] { 1L, 2L }));
    }

    [Test]
    public async Task A_look_up_shows_all_that_was_committed_at_the_time_that_the_gate_is_asked_about()
    {
        var (secret, _) = await AddKeyAsync();
        var clock = new CommittingClock(Now);
        await using var host = new TestHost(Database, clock);
        await host.RegisterAsync();
        clock.Commit = RotateAsync;
        await host.Get<IApiKeyAuthenticator>().AuthenticateAsync(secret, CancellationToken.None);
        Assert.That(host.Gate.Epochs, Is.EqualTo(host.Gate.Started.Select(clock.EpochAt)).And.Not.Empty);
    }

    [Test]
    public async Task When_a_key_was_last_used_is_written_to_within_a_minute()
    {
        var (secret, id) = await AddKeyAsync();
        Assert.That(await LastUsedAsync(id), Is.Null);
        var first = Now;
        await UseAsync(secret);
        Assert.That(await LastUsedAsync(id), Is.EqualTo(first).Within(TimeSpan.FromMicroseconds(1)));
        Time.Advance(TimeSpan.FromSeconds(59));
        await UseAsync(secret);
        Assert.That(await LastUsedAsync(id), Is.EqualTo(first).Within(TimeSpan.FromMicroseconds(1)), "not every use is a write");
        Time.Advance(TimeSpan.FromSeconds(1.1));
        await UseAsync(secret);
        Assert.That(await LastUsedAsync(id), Is.EqualTo(Now).Within(TimeSpan.FromMicroseconds(1)));
    }

    [Test]
    public async Task A_use_that_another_process_wrote_later_is_not_set_back()
    {
        var (secret, id) = await AddKeyAsync();
        await AuthenticateAsync(secret);
        var later = Now + TimeSpan.FromSeconds(30);
        await Host.WriteAsync(db => db.ApiKeys.Where(key => key.Id == id).ExecuteUpdateAsync(row => row.SetProperty(key => key.LastUsedAt, later)));
        await Host.Get<ApiKeyUses>().WriteAsync(CancellationToken.None);
        Assert.That(await LastUsedAsync(id), Is.EqualTo(later).Within(TimeSpan.FromMicroseconds(1)));
    }

    [Test]
    public async Task The_revoked_key_that_was_made_first_is_found_and_all_are_counted()
    {
        await AddKeyAsync(of: await AddWorkspaceAsync());
        await AddKeyAsync();
        Assert.That(await FoundAsync(), Is.EqualTo((2, (ApiKeyId?)null)));
        Time.Advance(TimeSpan.FromSeconds(1));
        var (_, first) = await AddKeyAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        var (_, second) = await AddKeyAsync();
        await RevokeAsync(second);
        Assert.That(await FoundAsync(), Is.EqualTo((4, (ApiKeyId?)second)));
        await RevokeAsync(first);
        Assert.That(await FoundAsync(), Is.EqualTo((4, (ApiKeyId?)first)));
    }

    [Test]
    public async Task A_key_that_was_refused_is_not_used()
    {
        var (secret, id) = await AddKeyAsync();
        await RevokeAsync(id);
        await UseAsync(secret);
        Assert.That(await LastUsedAsync(id), Is.Null);
    }

    static async Task<AuthenticatedKey?> AuthenticateAsync(ApiKeySecret secret, TestHost host)
    {
        await host.RegisterAsync();
        return await host.Get<IApiKeyAuthenticator>().AuthenticateAsync(secret, CancellationToken.None);
    }

    Task<AuthenticatedKey?> AuthenticateAsync(ApiKeySecret secret) => AuthenticateAsync(secret, Host);

    async Task UseAsync(ApiKeySecret secret)
    {
        await AuthenticateAsync(secret);
        await Host.Get<ApiKeyUses>().WriteAsync(CancellationToken.None);
    }

    Task<DateTimeOffset?> LastUsedAsync(ApiKeyId id) => Host.ReadAsync(db => db.ApiKeys.Where(key => key.Id == id).Select(key => key.LastUsedAt).SingleAsync());

    Task<(int Count, ApiKeyId? FirstRevoked)> FoundAsync() => Host.ReadAsync(async db =>
    {
        var keys = new ApiKeyRepository(db);
        return (await keys.CountAsync(WorkspaceId, CancellationToken.None), (await keys.FindFirstRevokedAsync(WorkspaceId, CancellationToken.None))?.Id);
    });

    async Task<(ApiKeySecret Secret, ApiKeyId Id)> AddKeyAsync(ApiKeySecret? secret = null, WorkspaceId? of = null)
    {
        secret ??= ApiKeySecret.Generate();
        var key = ApiKey.Create(ApiKeyId.New(Now), of ?? WorkspaceId, "Key", secret, Now);
        await Host.WriteAsync(db =>
        {
            db.ApiKeys.Add(key);
            return Task.CompletedTask;
        });
        return (secret, key.Id);
    }

    Task<Result<int>> RevokeAsync(ApiKeyId id) => Host.WriteAsync<int>(async (services, token) =>
    {
        var workspace = await services.GetRequiredService<IWorkspaceRepository>().GetForUpdateAsync(WorkspaceId, token);
        var key = await services.GetRequiredService<IApiKeyRepository>().FindAsync(WorkspaceId, id.Value, token);
        workspace.RevokeKey(key!, Now);
        return 1;
    });

    /// <summary>A gate before whose first answer something happens: between a key's look-up and its acceptance.</summary>
    sealed class OvertakenGate(EpochGate gate, Func<Task> happens, bool closes = true) : IEpochGate
    {
        public int Asked { get; private set; }

        public bool TryAccept(WorkspaceId workspaceId, long epoch, long readStartedTimestamp)
        {
            if (Asked++ == 0)
            {
                Task.Run(happens).GetAwaiter().GetResult();
                if (closes)
                    gate.CloseAsync(workspaceId).GetAwaiter().GetResult();
            }

            return gate.TryAccept(workspaceId, epoch, readStartedTimestamp);
        }
    }
}
