using FluentValidation;
using Framelane.Application.Common;
using Framelane.Application.Workspaces.Delete;
using Framelane.Application.Workspaces.DropPreviousSecret;
using Framelane.Application.Workspaces.Get;
using Framelane.Application.Workspaces.ListAuditLog;
using Framelane.Application.Workspaces.Update;
using Framelane.Domain.Audit;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Workspaces;

public sealed class WorkspaceTests
{
    readonly Application app = new();

    [SetUp]
    public void SetUpPorts() =>
        app.Workspaces.Setup(port => port.GetAsync(app.Workspace.Id, It.IsAny<CancellationToken>())).ReturnsAsync(app.Workspace);

    [Test]
    public async Task Get_ShowsTheWorkspace_WithoutAnySecret()
    {
        app.Workspace.Stored(nameof(Workspace.Email), "owner@example.com").Stored(nameof(Workspace.PlanStatus), PlanStatus.PastDue);

        var shown = await app.Send(new GetWorkspaceQuery(app.Workspace.Id));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((shown.Id, shown.Name, shown.Email), Is.EqualTo((app.Workspace.Id.Value, "Studio", "owner@example.com")));
            Assert.That((shown.Plan, shown.PlanStatus, shown.EmailVerified), Is.EqualTo((Plan.Pro, PlanStatus.PastDue, true)));
            Assert.That(shown.CreatedAt, Is.EqualTo(Application.Start));
            Assert.That((shown.SigningSecret.RotatedAt, shown.SigningSecret.PreviousExpiresAt), Is.EqualTo((Application.Start, (DateTimeOffset?)null)));
        }
    }

    [Test]
    public async Task Get_ShowsAGraceWhileItRuns_AndNotAfter()
    {
        var end = Application.Start.AddSeconds(60);
        app.Workspace.RotateSigningKey(Application.Sealed(2), GracePeriod.OfSeconds(60), Application.Start);

        app.Clock.SetUtcNow(end.AddTicks(-1));
        var during = await app.Send(new GetWorkspaceQuery(app.Workspace.Id));
        app.Clock.SetUtcNow(end);
        var after = await app.Send(new GetWorkspaceQuery(app.Workspace.Id));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(during.SigningSecret.PreviousExpiresAt, Is.EqualTo(end));
            Assert.That(after.SigningSecret.PreviousExpiresAt, Is.Null);
            Assert.That(after.SigningSecret.RotatedAt, Is.EqualTo(Application.Start));
        }
    }

    [Test]
    public async Task Update_RenamesUnderTheLock_AndIsAudited()
    {
        var answer = await app.Send(new UpdateWorkspaceCommand(app.Actor, new() { Name = new("Atelier") }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Value!.Name, Is.EqualTo("Atelier"));
            Assert.That(app.Workspace.Name, Is.EqualTo("Atelier"));
            Assert.That(app.Workspace.Epoch, Is.EqualTo(1));
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "audit", "commit" }));
        }

        app.AssertAudited(AuditActions.WorkspaceUpdated, app.Workspace.Id.Value);
    }

    [Test]
    public async Task Update_WithoutAName_KeepsIt()
    {
        await app.Send(new UpdateWorkspaceCommand(app.Actor, new()));

        Assert.That(app.Workspace.Name, Is.EqualTo("Studio"));
    }

    [TestCase("x", ExpectedResult = true)]
    [TestCase("", ExpectedResult = false)]
    [TestCase(null, ExpectedResult = false)]
    public bool Update_Validator_WantsANameWhereOneIsGiven(string? name) => Validate(new() { Name = new(name!) });

    [Test]
    public void Update_Validator_KnowsTheLimits()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Validate(new()), Is.True);
            Assert.That(Validate(new() { Name = new(new string('n', 255)) }), Is.True);
            Assert.That(Validate(new() { Name = new(new string('n', 256)) }), Is.False);
        }
    }

    [Test]
    public async Task DropPreviousSecret_EndsTheGrace_RaisesTheEpoch_AndIsAudited()
    {
        app.Workspace.RotateSigningKey(Application.Sealed(2), GracePeriod.OfSeconds(60), Application.Start);

        var answer = await app.Send(new DropPreviousSecretCommand(app.Actor));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.IsSuccess, Is.True);
            Assert.That(app.Workspace.SecretsSigningAt(Application.Start), Is.EqualTo(new[] { Application.Sealed(2) }));
            Assert.That(app.Workspace.DomainEvents, Has.Some.EqualTo(new PreviousSecretDropped(app.Workspace.Id, 3)));
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "audit", "commit" }));
        }

        app.AssertAudited(AuditActions.PreviousSecretDropped, app.Workspace.Id.Value);
    }

    [Test]
    public async Task DropPreviousSecret_WithoutAGrace_SucceedsAndIsNotAudited_ButPassesTheBarrier()
    {
        var answer = await app.Send(new DropPreviousSecretCommand(app.Actor));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.IsSuccess, Is.True);
            Assert.That(app.Workspace.Epoch, Is.EqualTo(1));
            Assert.That(app.Workspace.DomainEvents, Is.EqualTo(new object[] { new ChangeRepeated(app.Workspace.Id, 1) }));
            Assert.That(app.Audited, Is.Empty);
        }
    }

    [Test]
    public async Task ListAuditLog_ShowsKeyAndAddress_AndNothingForTheSystem()
    {
        var page = new PageRequest(10, null);
        var byKey = AuditEntry.Of(AuditActions.SecretRotated, "wh_1", app.Actor, Application.Start);
        var bySystem = AuditEntry.Of(AuditActions.WebhookDisabled, null, Actor.System(app.Workspace.Id), Application.Start.AddSeconds(-1));
        app.Audit.Setup(port => port.ListAsync(app.Workspace.Id, page, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Page<AuditEntry>([byKey, bySystem], "aud_1"));

        var shown = await app.Send(new ListAuditLogQuery(app.Workspace.Id, page));

        Assert.That(shown.Items, Is.EqualTo(new AuditEntryResponse[]
        {
            new()
            {
                Id = byKey.Id.Value,
                Action = "signing_secret.rotated",
                TargetId = "wh_1",
                ApiKeyId = app.Actor.ApiKeyId!.Value.Value,
                Subject = null,
                Address = "203.0.113.7",
                CreatedAt = Application.Start,
            },
            new()
            {
                Id = bySystem.Id.Value,
                Action = "webhook.disabled",
                TargetId = null,
                ApiKeyId = null,
                Subject = null,
                Address = null,
                CreatedAt = Application.Start.AddSeconds(-1),
            },
        }));
        Assert.That(shown.NextKey, Is.EqualTo("aud_1"));
    }

    bool Validate(UpdateWorkspaceRequest request) => app.Get<IValidator<UpdateWorkspaceRequest>>().Validate(request).IsValid;

    [Test]
    public async Task Delete_EndsItUnderTheLock_AndIsAuditedOnce()
    {
        app.Workspace.Stored(nameof(Workspace.Email), "owner@example.com");
        app.Identities.Setup(port => port.RemoveAllAsync(app.Workspace.Id, It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        app.Identities.Setup(port => port.ListAsync(app.Workspace.Id, It.IsAny<CancellationToken>())).ReturnsAsync([]);
        app.Ledger.Setup(port => port.CommittedAsync(app.Workspace.Id, It.IsAny<CalendarMonth>(), It.IsAny<CancellationToken>())).ReturnsAsync(new CommittedUsage(0, 90_000));
        await app.Send(new DeleteWorkspaceCommand(app.Actor));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Send(new DeleteWorkspaceCommand(app.Actor));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((app.Workspace.DeletedAt, app.Workspace.EraseAt, app.Workspace.Email), Is.EqualTo(((DateTimeOffset?)Application.Start, (DateTimeOffset?)Application.Start, (string?)null)));
            Assert.That(app.Audited.Select(entry => entry.Action), Is.EqualTo(new[] { "workspace.deleted" }));
            Assert.That(app.Journal[0], Is.EqualTo("begin").Or.EqualTo("lock workspace"));
            Assert.That(app.Workspace.Epoch, Is.EqualTo(3), "the second answer waits for all nodes too");
        }
    }
}
