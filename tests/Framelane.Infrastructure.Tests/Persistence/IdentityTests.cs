using Framelane.Application.Abstractions;
using Framelane.Application.Sessions.Sync;
using Framelane.Domain.Identities;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Rotation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>Who is at the console, and which workspace they enter. What a token proves is its subject, here.</summary>
[EveryDatabase]
public sealed class IdentityTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    const string Issuer = "https://id.example.com";

    [Test]
    public async Task Of_many_first_syncs_at_once_on_two_nodes_one_makes_the_workspace_and_its_key()
    {
        await using var one = NewNode();
        await using var two = NewNode();
        var before = await CountAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => SyncAsync(i % 2 == 0 ? one : two, "ada"))));

        Assert.Multiple(() =>
        {
            Assert.That(answers.Count(answer => answer.IsNew), Is.EqualTo(1));
            Assert.That(answers.Where(answer => answer.ApiKey is not null), Is.EqualTo(answers.Where(answer => answer.IsNew)));
            Assert.That(answers.Select(answer => answer.Workspace.Id).Distinct().Count(), Is.EqualTo(1));
            Assert.That(CountAsync, Is.EqualTo((before.Workspaces + 1, before.Keys + 1, before.Identities + 1)));
        });
    }

    [Test]
    public async Task Subjects_that_differ_in_case_and_subjects_of_other_issuers_are_others()
    {
        var host = NewNode();
        await using var disposed = host;
        var ada = await SyncAsync(host, "ada");
        var capital = await SyncAsync(host, "Ada");
        Assert.That((capital.IsNew, capital.Workspace.Id == ada.Workspace.Id), Is.EqualTo((true, false)));
        await Host.WriteAsync(db => db.Identities.ExecuteUpdateAsync(row => row.SetProperty(identity => identity.Issuer, "https://other.example.com")));
        Assert.That((await SyncAsync(host, "ada")).IsNew, Is.True);
    }

    [Test]
    public async Task A_session_is_let_in_once_its_subject_is_known()
    {
        await using var host = NewNode();
        Assert.That(await AuthenticateAsync(host, "ada"), Is.Null);
        var synced = await SyncAsync(host, "ada");
        var session = await AuthenticateAsync(host, "ada");
        Assert.That(session, Is.EqualTo(new AuthenticatedSession("ada", WorkspaceId.FromStored(synced.Workspace.Id), Plan.Enterprise, true)));
        Assert.That(await AuthenticateAsync(host, "eve"), Is.Null);
    }

    [Test]
    public async Task A_session_of_a_workspace_that_is_gone_is_not_let_in()
    {
        await using var host = NewNode();
        var id = WorkspaceId.FromStored((await SyncAsync(host, "ada")).Workspace.Id);
        await Host.WriteAsync(db => db.Workspaces.Where(workspace => workspace.Id == id).ExecuteDeleteAsync());
        Assert.That(await AuthenticateAsync(host, "ada"), Is.Null);
    }

    [Test]
    public async Task A_look_up_that_a_change_of_the_workspace_overtakes_does_not_count()
    {
        var asked = 0;
        EpochGate gate = new(Time, Options.Create(new WebhooksOptions()));
        await using var host = NewNode(new OvertakenGate((workspaceId, epoch, started) =>
        {
            if (asked++ == 0)
            {
                // As a deletion does it: the identity goes in the transaction that raises the epoch, and the gate closes before that is answered.
                Task.Run(() => Host.WriteAsync(db => db.Identities.ExecuteDeleteAsync())).GetAwaiter().GetResult();
                gate.CloseAsync(workspaceId).GetAwaiter().GetResult();
            }

            return gate.TryAccept(workspaceId, epoch, started);
        }));
        await SyncAsync(host, "ada");
        Assert.That(await AuthenticateAsync(host, "ada"), Is.Null);
        Assert.That(asked, Is.EqualTo(1), "the second look-up finds nobody to ask about");
    }

    [Test]
    public async Task What_is_remembered_of_a_first_sync_has_no_key()
    {
        await using var host = NewNode();
        var store = host.Get<IIdempotencyStore>();
        var claimed = await store.ClaimAsync("v1/auth/sync", "k", [1], CancellationToken.None);
        await using var scope = host.Scope();
        scope.ServiceProvider.GetRequiredService<IdempotencyContext>().Claim = claimed.Claim;
        var synced = (await scope.ServiceProvider.GetRequiredService<ISender>().Send(Command("ada"))).Value!;
        var replay = await store.ClaimAsync("v1/auth/sync", "k", [1], CancellationToken.None);
        var remembered = System.Text.Json.JsonDocument.Parse(replay.Answer!).RootElement;
        Assert.That(synced.ApiKey, Does.StartWith("fl_live_"));
        Assert.That(remembered.GetProperty("is_new").GetBoolean(), Is.True);
        Assert.That(remembered.GetProperty("api_key").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
    }

    TestHost NewNode(IEpochGate? gate = null) => NewHost(services =>
    {
        services.AddSingleton<ISessionTokens, SubjectsThatAreProven>();
        if (gate is not null)
            services.AddSingleton(gate);
    });

    static SyncSessionCommand Command(string subject) => new(new() { ClerkToken = TokenOf(subject) }, null);

    static string TokenOf(string subject) => $"e30.{subject}.AQ";

    static async Task<SyncSessionResponse> SyncAsync(TestHost host, string subject)
    {
        await using var scope = host.Scope();
        return (await scope.ServiceProvider.GetRequiredService<ISender>().Send(Command(subject))).Value!;
    }

    static async Task<AuthenticatedSession?> AuthenticateAsync(TestHost host, string subject)
    {
        await host.RegisterAsync();
        return await host.Get<ISessionAuthenticator>().AuthenticateAsync(SessionToken.TryParse(TokenOf(subject))!, CancellationToken.None);
    }

    Task<(int Workspaces, int Keys, int Identities)> CountAsync() =>
        Host.ReadAsync(async db => (await db.Workspaces.CountAsync(), await db.ApiKeys.CountAsync(), await db.Identities.CountAsync()));

    sealed class SubjectsThatAreProven : ISessionTokens
    {
        public bool AreConfigured => true;

        public IdentityName? NameIn(SessionToken token) => IdentityName.TryMake(Issuer, token.Reveal().Split('.')[1]);

        public Task<VerifiedSession?> VerifyAsync(SessionToken token, CancellationToken cancellationToken) =>
            Task.FromResult<VerifiedSession?>(new(NameIn(token)!, null));
    }

    sealed class OvertakenGate(Func<WorkspaceId, long, long, bool> accept) : IEpochGate
    {
        public bool TryAccept(WorkspaceId workspaceId, long epoch, long readStartedTimestamp) => accept(workspaceId, epoch, readStartedTimestamp);
    }
}
