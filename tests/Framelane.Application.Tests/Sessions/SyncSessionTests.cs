using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Sessions.Sync;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Identities;
using Framelane.Domain.Signups;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Sessions;

public sealed class SyncSessionTests
{
    const string Token = "e30.e30.AQ";
    const string Address = "203.0.113.9";

    static readonly IdentityName Ada = IdentityName.TryMake("https://id.example.com", "user_ada")!;

    readonly Application app = new();

    readonly List<Identity> identities = [];
    readonly List<Workspace> made = [];
    readonly List<ApiKey> keys = [];

    VerifiedSession? proven = new(Ada, "ada@example.com");

    [SetUp]
    public void SetUpPorts()
    {
        app.Sessions.Setup(port => port.AreConfigured).Returns(true);
        app.Sessions.Setup(port => port.VerifyAsync(It.Is<SessionToken>(token => token.Reveal() == Token), It.IsAny<CancellationToken>())).ReturnsAsync(() => proven);
        app.Addresses.Setup(port => port.TryParse(It.IsAny<string?>())).Returns((string? text) => text is null ? null : EmailAddress.FromChecked(text));
        app.DefaultPlan.Setup(port => port.Plan).Returns(Plan.Free);
        app.Identities.Setup(port => port.FindAsync(It.IsAny<IdentityName>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((IdentityName name, CancellationToken _) => identities.SingleOrDefault(each => (each.Issuer, each.Subject) == (name.Issuer, name.Subject)));
        app.Identities.Setup(port => port.Add(It.IsAny<Identity>())).Callback((Identity identity) => identities.Add(identity));
        app.Workspaces.Setup(port => port.Add(It.IsAny<Workspace>())).Callback((Workspace workspace) => made.Add(workspace));
        app.Workspaces.Setup(port => port.GetAsync(It.IsAny<WorkspaceId>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((WorkspaceId id, CancellationToken _) => made.Single(workspace => workspace.Id == id));
        app.Keys.Setup(port => port.Add(It.IsAny<ApiKey>())).Callback((ApiKey key) => keys.Add(key));
        app.Spent.Setup(port => port.FindAsync(It.IsAny<OwnerName>(), It.IsAny<CalendarMonth>(), It.IsAny<CancellationToken>())).ReturnsAsync(0);
        app.Protector.Setup(port => port.Seal(It.IsAny<WorkspaceId>(), 1, It.IsAny<SigningSecret>())).Returns(Application.Sealed(1));
    }

    [Test]
    public async Task WhoeverIsSeenFirst_GetsAWorkspaceOfTheDefaultPlan_AndOneKey()
    {
        var answer = (await SyncAsync()).Value!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.IsNew, answer.Workspace.Id), Is.EqualTo((true, made.Single().Id.Value)));
            Assert.That((answer.Workspace.Plan, answer.Workspace.Email, answer.Workspace.EmailVerified), Is.EqualTo((Plan.Free, "ada@example.com", true)));
            Assert.That((identities.Single().Subject, identities.Single().WorkspaceId), Is.EqualTo(("user_ada", made.Single().Id)));
            Assert.That(keys.Single().Matches(ApiKeySecret.TryParse(answer.ApiKey)!), Is.True);
            Assert.That(app.Audited.Select(entry => (entry.Action, entry.ApiKeyId, entry.Subject, entry.Address)), Is.EqualTo(new[]
            {
                (AuditActions.WorkspaceCreated, (ApiKeyId?)null, "user_ada", Address),
                (AuditActions.ApiKeyCreated, null, "user_ada", Address),
            }));
        }
    }

    [Test]
    public async Task WhoeverIsKnown_GetsTheirWorkspace_AndNoKey()
    {
        var first = (await SyncAsync()).Value!;
        app.Audited.Clear();

        var second = (await SyncAsync()).Value!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((second.IsNew, second.ApiKey, second.Workspace.Id), Is.EqualTo((false, (string?)null, first.Workspace.Id)));
            Assert.That((made.Count, keys.Count, app.Audited.Count), Is.EqualTo((1, 1, 0)));
        }
    }

    [Test]
    public async Task WhoeverHasAnothersMail_GetsAWorkspaceOfTheirOwn()
    {
        var ada = (await SyncAsync()).Value!;
        proven = new(IdentityName.TryMake(Ada.Issuer, "user_eve")!, "ada@example.com");

        var eve = (await SyncAsync()).Value!;

        Assert.That((eve.IsNew, eve.Workspace.Id), Is.Not.EqualTo((false, ada.Workspace.Id)));
    }

    [Test]
    public async Task WithoutAVerifiedMail_TheWorkspaceHasNone_AndIsLetInAllTheSame()
    {
        proven = new(Ada, null);

        var answer = (await SyncAsync()).Value!;

        Assert.That((answer.Workspace.Email, answer.Workspace.EmailVerified), Is.EqualTo(((string?)null, true)));
    }

    [Test]
    public async Task WhatIsRemembered_HasNoKey()
    {
        app.Get<IdempotencyContext>().Claim = new("v1/auth/sync", "k", 1);

        var answer = await SyncAsync();

        var remembered = (SyncSessionResponse)app.UnitOfWork.Remembered.Single().Answer!;
        Assert.That((remembered.IsNew, remembered.ApiKey), Is.EqualTo((true, (string?)null)));
        Assert.That(answer.Value!.ApiKey, Is.Not.Null);
    }

    [Test]
    public async Task WhereNobodyIsConfigured_NothingIsLookedAt()
    {
        app.Sessions.Setup(port => port.AreConfigured).Returns(false);

        Assert.That((await SyncAsync()).Error?.Code, Is.EqualTo("not_configured"));
        Assert.That(app.Journal, Is.Empty);
    }

    [TestCase(Token)]
    [TestCase("not a token")]
    [TestCase("fl_live_abcdefghijklmnopqrstuvwxyz234567")]
    public async Task WhatProvesNothing_IsUnauthorized(string token)
    {
        proven = null;

        Assert.That((await SyncAsync(token)).Error?.Code, Is.EqualTo("unauthorized"));
        Assert.That(app.Journal, Is.Empty);
    }

    [TestCase(0, ExpectedResult = false)]
    [TestCase(1, ExpectedResult = true)]
    [TestCase(8192, ExpectedResult = true)]
    [TestCase(8193, ExpectedResult = false)]
    public bool Validator_KnowsTheLimits(int length) => app.Get<IValidator<SyncSessionRequest>>().Validate(new SyncSessionRequest { ClerkToken = new('t', length) }).IsValid;

    [Test]
    public void NeitherTokenNorKey_IsPrinted()
    {
        var request = new SyncSessionRequest { ClerkToken = Token };

        Assert.That($"{request} {new SyncSessionCommand(request, Address)}", Does.Not.Contain(Token));
    }

    Task<Result<SyncSessionResponse>> SyncAsync(string token = Token) => app.Send(new SyncSessionCommand(new() { ClerkToken = token }, Address));
}
