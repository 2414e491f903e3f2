using Framelane.Application.Webhooks.RotateSecret;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Webhooks;

public sealed class RotateWebhookSecretTests
{
    readonly Application app = new();
    readonly List<(WorkspaceId Workspace, long Epoch, string Secret)> sealedSecrets = [];

    [SetUp]
    public void SealInTheOpen() => app.Protector
        .Setup(port => port.Seal(It.IsAny<WorkspaceId>(), It.IsAny<long>(), It.IsAny<SigningSecret>()))
        .Returns((WorkspaceId workspace, long epoch, SigningSecret secret) =>
        {
            app.Journal.Add("seal");
            sealedSecrets.Add((workspace, epoch, secret.Reveal()));
            return Application.Sealed(epoch);
        });

    [Test]
    public async Task Rotate_LocksTheWorkspaceBeforeItReadsAnything_AndAnswersAfterTheCommit()
    {
        await Rotate();

        Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "find webhook", "seal", "audit", "commit" }));
    }

    [Test]
    public async Task Rotate_AnswersTheSecretThatWasSealedForTheNextEpoch()
    {
        var answer = await Rotate();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sealedSecrets, Is.EqualTo(new[] { (app.Workspace.Id, 2L, answer.Value?.Secret) }));
            Assert.That(app.Workspace.Epoch, Is.EqualTo(2));
            Assert.That(app.Workspace.CurrentSecret, Is.EqualTo(Application.Sealed(2)));
            Assert.That(() => SigningSecret.FromRevealed(answer.Value!.Secret), Throws.Nothing);
        }
    }

    [Test]
    public async Task Rotate_Twice_AnswersTwoSecrets()
    {
        var (first, second) = (await Rotate(), await Rotate());

        Assert.That(first.Value, Is.Not.EqualTo(second.Value));
    }

    [Test]
    public async Task Rotate_WithoutGrace_StopsTheOldSecret()
    {
        await Rotate();

        Assert.That(app.Workspace.SecretsSigningAt(Application.Start), Is.EqualTo(new[] { Application.Sealed(2) }));
    }

    [Test]
    public async Task Rotate_WithGrace_KeepsTheOldSecretThatLongFromNow()
    {
        app.Clock.Advance(TimeSpan.FromDays(1));

        await Rotate(grace: 90);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(app.Workspace.PreviousSecret, Is.EqualTo(Application.Sealed(1)));
            Assert.That(app.Workspace.PreviousExpiresAt, Is.EqualTo(Application.Start.AddDays(1).AddSeconds(90)));
            Assert.That(app.Workspace.RotatedAt, Is.EqualTo(Application.Start.AddDays(1)));
        }
    }

    [Test]
    public async Task Rotate_RaisesTheEventThatReKeysTheSigners()
    {
        await Rotate(grace: 90);

        Assert.That(app.Workspace.DomainEvents, Is.EqualTo(new object[] { new SecretRotated(app.Workspace.Id, 2, Application.Start.AddSeconds(90)) }));
    }

    [Test]
    public async Task Rotate_IsAudited_ByKeyAndAddress_WithoutTheSecret()
    {
        var answer = await Rotate();

        app.AssertAudited(AuditActions.SecretRotated, app.Webhook.Id.Value);
        Assert.That(
            typeof(AuditEntry).GetProperties().Select(property => $"{property.GetValue(app.Audited[0])}"),
            Has.None.Contains(answer.Value!.Secret["whsec_".Length..]));
    }

    [Test]
    public async Task Rotate_NamingAnUnknownWebhook_IsNotFoundAndChangesNothing()
    {
        var answer = await Rotate(webhookId: "wh_01J8QR2K5VKDGN2T4FBM3CZYX7");

        AssertNotFound(answer);
    }

    [Test]
    public async Task Rotate_NamingAForeignWebhook_IsNotFoundAndChangesNothing()
    {
        var answer = await Rotate(webhookId: app.AddForeignWebhook().Id.Value);

        AssertNotFound(answer);
    }

    [Test]
    public async Task Rotate_NamingADisabledWebhook_RotatesAllTheSame()
    {
        app.Webhook.Disable("gone");

        Assert.That((await Rotate()).IsSuccess, Is.True, "the secret is the workspace's");
    }

    [Test]
    public async Task Rotate_WhenTheTransactionIsRunAgain_AnswersTheSecretOfTheRunThatCommitted()
    {
        app.UnitOfWork.Runs = 3;
        app.Workspaces.Setup(port => port.GetForUpdateAsync(app.Workspace.Id, It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => app.Workspace = Application.NewWorkspace().Stored(nameof(Workspace.Id), app.Workspace.Id));

        var answer = await Rotate();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sealedSecrets.Select(each => each.Epoch), Is.EqualTo(new long[] { 2, 2, 2 }));
            Assert.That(answer.Value?.Secret, Is.EqualTo(sealedSecrets[^1].Secret));
            Assert.That(sealedSecrets.Select(each => each.Secret), Is.Unique, "a secret of a run that was undone is never used");
        }
    }

    [Test]
    public void TheAnswer_PrintsNoSecret()
    {
        Result<WebhookRotateResponse> answer = new WebhookRotateResponse("whsec_tell_no_one");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Value!.ToString(), Is.EqualTo("***"));
            Assert.That(answer.ToString(), Does.Not.Contain("tell_no_one").And.Contains("***"));
        }
    }

    [TestCase(0, ExpectedResult = true)]
    [TestCase(604_800, ExpectedResult = true)]
    [TestCase(-1, ExpectedResult = false)]
    [TestCase(604_801, ExpectedResult = false)]
    public bool Validator_TakesAGraceOfUpToAWeek(int seconds)
    {
        var result = new RotateWebhookSecretValidator().Validate(new RotateWebhookSecretRequest { GracePeriodSeconds = seconds });

        Assert.That(result.Errors.Select(error => error.PropertyName), Is.All.EqualTo("GracePeriodSeconds"));
        return result.IsValid;
    }

    Task<Result<WebhookRotateResponse>> Rotate(int grace = 0, string? webhookId = null) =>
        app.Send(new RotateWebhookSecretCommand(app.Actor, webhookId ?? app.Webhook.Id.Value, new() { GracePeriodSeconds = grace }));

    void AssertNotFound(Result<WebhookRotateResponse> answer)
    {
        Assert.That(answer.Error, Is.EqualTo(new Error("not_found", "Webhook not found.")));
        app.AssertNothingChanged();
        Assert.That(sealedSecrets, Is.Empty);
    }
}
