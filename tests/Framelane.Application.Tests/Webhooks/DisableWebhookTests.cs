using Framelane.Application.Abstractions;
using Framelane.Application.Webhooks;
using Framelane.Application.Webhooks.Disable;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Webhooks;

public sealed class DisableWebhookTests
{
    static readonly DateTimeOffset FiveDaysAgo = Application.Start.AddDays(-5);

    readonly Application app = new();
    readonly List<Mail> mails = [];

    [SetUp]
    public void SetUpPorts()
    {
        app.Deliveries.Setup(port => port.DeadLetterPendingAsync(app.Webhook.Id, It.IsAny<CancellationToken>()))
            .Callback(() => app.Journal.Add("dead-letter"))
            .ReturnsAsync(3);
        app.Mails.Setup(port => port.Add(It.IsAny<Mail>())).Callback((Mail mail) => mails.Add(mail));
    }

    [Test]
    public async Task Disable_BecauseItIsGone_DeadLettersRaisesTheEpochAndIsAuditedAsTheSystems()
    {
        var disabled = await Disable(DisabledReasons.Gone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(disabled.Value, Is.True);
            Assert.That((app.Webhook.Enabled, app.Webhook.DisabledReason), Is.EqualTo((false, "gone")));
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "find webhook", "dead-letter", "audit", "commit" }));
            Assert.That(app.Workspace.DomainEvents, Is.EqualTo(new object[] { new EndpointsChanged(app.Workspace.Id, 2) }));
            var entry = app.Audited.Single();
            Assert.That((entry.Action, entry.TargetId), Is.EqualTo((AuditActions.WebhookDisabled, app.Webhook.Id.Value)));
            Assert.That((entry.WorkspaceId, entry.ApiKeyId, entry.Address), Is.EqualTo((app.Workspace.Id, (Domain.ApiKeys.ApiKeyId?)null, (string?)null)));
            Assert.That(entry.CreatedAt, Is.EqualTo(Application.Start));
        }
    }

    [Test]
    public async Task Disable_OfOneWithMuchWaiting_LeavesTheRestToWhoeverEnablesItMeanwhile()
    {
        app.Deliveries.Setup(port => port.DeadLetterPendingAsync(app.Webhook.Id, It.IsAny<CancellationToken>()))
            .Callback(() =>
            {
                app.Journal.Add("dead-letter");
                if (app.Journal.Count(step => step == "dead-letter") == 2)
                    app.Webhook.Enable();
            })
            .ReturnsAsync(1000);

        var disabled = await Disable(DisabledReasons.Gone);
        await app.Get<PendingDeliveries>().EndAllAsync(app.Workspace.Id, app.Webhook.Id, CancellationToken.None);

        Assert.That((disabled.Value, app.Journal.Count(step => step == "dead-letter")), Is.EqualTo((true, 2)));
    }

    [TestCase(-1)]
    [TestCase(0)]
    public async Task Disable_WhatHasFailedLongEnough_Disables(int seconds)
    {
        app.Webhook.Stored(nameof(Webhook.FailingSince), FiveDaysAgo.AddSeconds(seconds));

        var disabled = await Disable(DisabledReasons.Failing, FiveDaysAgo);

        Assert.That((disabled.Value, app.Webhook.DisabledReason), Is.EqualTo((true, "failing")));
    }

    [Test]
    public async Task Disable_WhatHasNotFailedForLongEnough_LeavesIt()
    {
        app.Webhook.Stored(nameof(Webhook.FailingSince), FiveDaysAgo.AddSeconds(1));

        AssertLeft(await Disable(DisabledReasons.Failing, FiveDaysAgo));
    }

    [Test]
    public async Task Disable_WhatWasMendedInBetween_LeavesIt() => AssertLeft(await Disable(DisabledReasons.Failing, FiveDaysAgo));

    [Test]
    public async Task Disable_WhatIsDisabledAlready_KeepsItsReasonAndSendsNoSecondMail()
    {
        app.Workspace.Stored(nameof(Workspace.Email), "owner@example.com");
        app.Webhook.Disable(DisabledReasons.ByOwner);

        var disabled = await Disable(DisabledReasons.Gone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(disabled.Value, Is.False);
            Assert.That(app.Webhook.DisabledReason, Is.EqualTo("disabled_by_owner"));
            Assert.That(mails, Is.Empty);
            Assert.That(app.Workspace.Epoch, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Disable_WhatWasDeletedMeanwhile_DoesNothing()
    {
        app.StoredWebhooks.Clear();

        AssertLeft(await Disable(DisabledReasons.Gone));
    }

    [Test]
    public async Task Disable_OfAWorkspaceWithAnAddress_MailsWhatToDo()
    {
        app.Workspace.Stored(nameof(Workspace.Email), "owner@example.com");

        await Disable(DisabledReasons.Gone);

        var mail = mails.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mail.To, Is.EqualTo("owner@example.com"));
            Assert.That(mail.Subject, Is.EqualTo($"Webhook {app.Webhook.Id} was disabled"));
            Assert.That(mail.Body, Does.Contain("410 Gone").And.Contain(app.Webhook.Url).And.Contain("\"Studio\""));
            Assert.That(mail.Body, Does.Contain($"POST /v1/webhooks/{app.Webhook.Id}/recover").And.Contain($"PATCH /v1/webhooks/{app.Webhook.Id}"));
        }
    }

    [Test]
    public async Task Disable_BecauseItFails_MailsThatAndNotThatItIsGone()
    {
        app.Workspace.Stored(nameof(Workspace.Email), "owner@example.com");
        app.Webhook.Stored(nameof(Webhook.FailingSince), FiveDaysAgo);

        await Disable(DisabledReasons.Failing, FiveDaysAgo);

        Assert.That(mails.Single().Body, Does.Contain("no attempt at it has succeeded").And.Not.Contain("410"));
    }

    [Test]
    public async Task Disable_OfAWorkspaceWithoutAnAddress_MailsNobody()
    {
        await Disable(DisabledReasons.Gone);

        Assert.That(mails, Is.Empty);
    }

    [Test]
    public async Task Disable_BecauseItIsGoneFromWhereItNoLongerIs_LeavesIt()
    {
        var former = app.Webhook.Url;
        app.Webhook.MoveTo("https://example.com/moved");

        AssertLeft(await Disable(DisabledReasons.Gone, goneFrom: former));
    }

    [Test]
    public async Task Disable_BecauseItIsGone_GoesByTheAddressAndNotByWhatElseChanged()
    {
        app.Workspace.ChangeEndpoints();

        Assert.That((await Disable(DisabledReasons.Gone, goneFrom: app.Webhook.Url)).Value, Is.True);
    }

    Task<Result<bool>> Disable(string reason, DateTimeOffset? failingSinceBefore = null, string? goneFrom = null) =>
        app.Send(new DisableWebhookCommand(app.Workspace.Id, app.Webhook.Id, reason, failingSinceBefore, goneFrom));

    void AssertLeft(Result<bool> disabled)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((disabled.IsSuccess, disabled.Value), Is.EqualTo((true, false)));
            Assert.That(app.Webhook.Enabled, Is.True);
            Assert.That(app.Workspace.Epoch, Is.EqualTo(1));
            Assert.That(app.Audited, Is.Empty);
            Assert.That(mails, Is.Empty);
            Assert.That(app.Journal, Has.None.EqualTo("dead-letter"));
        }
    }
}
