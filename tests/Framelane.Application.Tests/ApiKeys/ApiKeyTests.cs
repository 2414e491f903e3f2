using FluentValidation;
using Framelane.Application.ApiKeys.Create;
using Framelane.Application.ApiKeys.List;
using Framelane.Application.ApiKeys.Revoke;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.ApiKeys;

public sealed class ApiKeyTests
{
    readonly Application app = new();

    [Test]
    public async Task Create_ShowsTheKeyOnceAndKeepsOnlyItsHash()
    {
        var added = Kept(count: 999);

        var answer = (await app.Send(new CreateApiKeyCommand(app.Actor, new() { Name = "ci" }))).Value!;

        var stored = added.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stored.Matches(ApiKeySecret.TryParse(answer.Key)!), Is.True);
            Assert.That(stored.WorkspaceId, Is.EqualTo(app.Workspace.Id));
            Assert.That((answer.Id, answer.Name, answer.KeyPrefix), Is.EqualTo((stored.Id.Value, "ci", answer.Key[..16])));
            Assert.That(answer.CreatedAt, Is.EqualTo(Application.Start));
            Assert.That((answer.LastUsedAt, answer.RevokedAt), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null)));
            Assert.That(answer.ToString(), Does.Not.Contain(answer.Key[16..]));
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "audit", "commit" }));
        }

        app.AssertAudited(AuditActions.ApiKeyCreated, stored.Id.Value);
    }

    [Test]
    public async Task Create_WhereThereIsNoRoom_ReplacesTheRevokedKeyThatWasMadeFirst()
    {
        var (revoked, removed) = (Key(), new List<ApiKey>());
        var added = Kept(count: 1000, revoked);
        app.Keys.Setup(port => port.Remove(It.IsAny<ApiKey>())).Callback((ApiKey key) => removed.Add(key));

        var answer = await app.Send(new CreateApiKeyCommand(app.Actor, new() { Name = "ci" }));

        Assert.That((answer.IsSuccess, added.Count), Is.EqualTo((true, 1)));
        Assert.That(removed, Is.EqualTo(new[] { revoked }));
    }

    [Test]
    public async Task Create_WhereAllAreLive_IsAConflict()
    {
        Kept(count: 1000);

        var answer = await app.Send(new CreateApiKeyCommand(app.Actor, new() { Name = "ci" }));

        Assert.That(answer.Error, Is.EqualTo(new Error("conflict", "A workspace has at most 1000 API keys; revoke one first.")));
        app.AssertNothingChanged();
    }

    [TestCase("x", ExpectedResult = true)]
    [TestCase("", ExpectedResult = false)]
    [TestCase(" ", ExpectedResult = true)]
    [TestCase(null, ExpectedResult = false)]
    public bool Create_Validator_WantsAName(string? name) => Validate(name!);

    [Test]
    public void Create_Validator_TakesANameOf255Characters()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Validate(new string('n', 255)), Is.True);
            Assert.That(Validate(new string('n', 256)), Is.False);
        }
    }

    [Test]
    public async Task List_ShowsAllOfThem_RevokedOnesToo_WithoutTheKey()
    {
        var live = Key();
        var revoked = Key();
        app.Workspace.RevokeKey(revoked, Application.Start.AddHours(1));
        live.Stored(nameof(ApiKey.LastUsedAt), Application.Start.AddMinutes(5));
        app.Keys.Setup(port => port.ListAsync(app.Workspace.Id, It.IsAny<CancellationToken>())).ReturnsAsync([live, revoked]);

        var shown = (await app.Send(new ListApiKeysQuery(app.Workspace.Id))).Data;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown.Select(key => key.Id), Is.EqualTo(new[] { live.Id.Value, revoked.Id.Value }));
            Assert.That(shown.Select(key => key.RevokedAt), Is.EqualTo(new DateTimeOffset?[] { null, Application.Start.AddHours(1) }));
            Assert.That(shown.Select(key => key.LastUsedAt), Is.EqualTo(new DateTimeOffset?[] { Application.Start.AddMinutes(5), null }));
            Assert.That(shown[0].GetType().GetProperty("Key"), Is.Null);
        }
    }

    [Test]
    public async Task Revoke_RaisesTheEpoch_SoThatNoNodeTakesTheKeyAfterTheAnswer()
    {
        var key = Stored(Key());

        var answer = await app.Send(new RevokeApiKeyCommand(app.Actor, key.Id.Value));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.IsSuccess, Is.True);
            Assert.That(key.RevokedAt, Is.EqualTo(Application.Start));
            Assert.That(app.Workspace.DomainEvents, Is.EqualTo(new object[] { new ApiKeyRevoked(app.Workspace.Id, 2, key.Id) }));
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "find key", "audit", "commit" }));
        }

        app.AssertAudited(AuditActions.ApiKeyRevoked, key.Id.Value);
    }

    [Test]
    public async Task Revoke_Repeated_SucceedsAndAuditsNothingMore_ButPassesTheBarrierAgain()
    {
        var key = Stored(Key());
        await app.Send(new RevokeApiKeyCommand(app.Actor, key.Id.Value));
        app.Clock.Advance(TimeSpan.FromHours(1));

        var answer = await app.Send(new RevokeApiKeyCommand(app.Actor, key.Id.Value));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.IsSuccess, Is.True);
            Assert.That(app.Workspace.Epoch, Is.EqualTo(2));
            Assert.That(app.Audited, Has.Count.EqualTo(1));
            Assert.That(key.RevokedAt, Is.EqualTo(Application.Start));
            Assert.That(app.Workspace.DomainEvents, Has.One.EqualTo(new ChangeRepeated(app.Workspace.Id, 2)));
        }
    }

    [Test]
    public async Task Revoke_OfAForeignKey_IsNotFoundAndChangesNothing()
    {
        var foreign = Stored(Key(WorkspaceId.New(Application.Start)));

        var answer = await app.Send(new RevokeApiKeyCommand(app.Actor, foreign.Id.Value));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Error, Is.EqualTo(new Error("not_found", "API key not found.")));
            Assert.That(foreign.RevokedAt, Is.Null);
        }

        app.AssertNothingChanged();
    }

    /// <returns>What is added.</returns>
    List<ApiKey> Kept(int count, ApiKey? firstRevoked = null)
    {
        var added = new List<ApiKey>();
        app.Keys.Setup(port => port.CountAsync(app.Workspace.Id, It.IsAny<CancellationToken>())).ReturnsAsync(count);
        app.Keys.Setup(port => port.FindFirstRevokedAsync(app.Workspace.Id, It.IsAny<CancellationToken>())).ReturnsAsync(firstRevoked);
        app.Keys.Setup(port => port.Add(It.IsAny<ApiKey>())).Callback((ApiKey key) => added.Add(key));
        return added;
    }

    bool Validate(string name) => app.Get<IValidator<CreateApiKeyRequest>>().Validate(new CreateApiKeyRequest { Name = name }).IsValid;

    ApiKey Key(WorkspaceId? owner = null) =>
        ApiKey.Create(ApiKeyId.New(Application.Start), owner ?? app.Workspace.Id, "ci", ApiKeySecret.Generate(), Application.Start);

    ApiKey Stored(ApiKey key)
    {
        app.Keys.Setup(port => port.FindAsync(It.IsAny<WorkspaceId>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Callback(() => app.Journal.Add("find key"))
            .ReturnsAsync((WorkspaceId owner, string id, CancellationToken _) => owner == key.WorkspaceId && id == key.Id.Value ? key : null);
        return key;
    }
}
