using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Webhooks;
using Framelane.Application.Webhooks.Update;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Webhooks;

public sealed class UpdateWebhookTests
{
    readonly Application app = new();

    [Test]
    public async Task Update_OfNothing_ChangesNothingAndWaitsForNobody()
    {
        var before = new { app.Webhook.Url, app.Webhook.Events, app.Webhook.Description, app.Webhook.Enabled };

        await Update(new());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new { app.Webhook.Url, app.Webhook.Events, app.Webhook.Description, app.Webhook.Enabled }, Is.EqualTo(before));
            Assert.That(app.Workspace.DomainEvents, Is.Empty);
        }
    }

    [Test]
    public async Task Update_LocksTheWorkspaceFirst_AndIsAudited()
    {
        await Update(new() { Description = new("new") });

        Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "find webhook", "audit", "commit" }));
        app.AssertAudited(AuditActions.WebhookUpdated, app.Webhook.Id.Value);
    }

    [Test]
    public async Task Update_OfDescriptionAndEvents_IsAnswered_AndRaisesNoEpoch()
    {
        var answer = (await Update(new() { Description = new("new"), Events = new(["task.failed", "render.queued", "task.failed"]) })).Value!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Description, Is.EqualTo("new"));
            Assert.That(answer.Events, Is.EqualTo(new[] { "render.queued", "task.failed" }));
            Assert.That(app.Workspace.Epoch, Is.EqualTo(1), "what is signed and where it goes stays");
        }
    }

    [Test]
    public async Task Update_OfTheDescriptionToNull_RemovesIt() =>
        Assert.That((await Update(new() { Description = new(null) })).Value!.Description, Is.Null);

    [Test]
    public async Task Update_ToAnotherUrl_RaisesTheEpoch()
    {
        var answer = (await Update(new() { Url = new("https://example.com/moved") })).Value!;

        Assert.That(answer.Url, Is.EqualTo("https://example.com/moved"));
        AssertEpochRaisedOnce();
    }

    [Test]
    public async Task Update_ToTheSameUrl_RaisesNoEpoch_ButPassesTheBarrier()
    {
        await Update(new() { Url = new(app.Webhook.Url) });

        AssertRepeated();
    }

    [Test]
    public async Task Update_ToDisabled_DeadLettersWhatIsPending_AndRaisesTheEpoch()
    {
        ExpectDeadLettering();

        var answer = (await Update(new() { Enabled = new(false) })).Value!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Enabled, answer.DisabledReason), Is.EqualTo((false, "disabled_by_owner")));
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "find webhook", "dead-letter", "audit", "commit" }));
        }

        AssertEpochRaisedOnce();
    }

    [Test]
    public async Task Update_ToDisabledAndMovedAtOnce_RaisesTheEpochOnce()
    {
        ExpectDeadLettering();

        await Update(new() { Enabled = new(false), Url = new("https://example.com/moved") });

        AssertEpochRaisedOnce();
    }

    [Test]
    public async Task Update_ToDisabledOfADisabledOne_KeepsTheReason_RaisesNoEpoch_ButPassesTheBarrier()
    {
        app.Webhook.Disable(DisabledReasons.Gone);

        var answer = (await Update(new() { Enabled = new(false) })).Value!;

        Assert.That(answer.DisabledReason, Is.EqualTo("gone"));
        AssertRepeated();
    }

    [Test]
    public async Task Update_OfADisabledOneToDisabledAndMoved_RaisesTheEpochForTheMove()
    {
        app.Webhook.Disable(DisabledReasons.Gone);

        await Update(new() { Enabled = new(false), Url = new("https://example.com/moved") });

        AssertEpochRaisedOnce();
    }

    [Test]
    public async Task Update_ToEnabled_ClearsTheFailures_AndRaisesTheEpoch()
    {
        app.Webhook.Stored(nameof(Webhook.FailingSince), Application.Start).Disable(DisabledReasons.Failing);

        var answer = (await Update(new() { Enabled = new(true) })).Value!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Enabled, answer.DisabledReason), Is.EqualTo((true, (string?)null)));
            Assert.That(app.Webhook.FailingSince, Is.Null);
        }

        AssertEpochRaisedOnce();
    }

    [Test]
    public async Task Update_OfTheUrl_ClearsTheFailuresOfTheFormerOne([Values] bool moved)
    {
        app.Webhook.Stored(nameof(Webhook.FailingSince), Application.Start);

        await Update(new() { Url = new(moved ? "https://example.com/moved" : app.Webhook.Url) });

        Assert.That(app.Webhook.FailingSince, Is.EqualTo(moved ? null : Application.Start));
    }

    [Test]
    public async Task Update_ToEnabledAndMovedAtOnce_DoesBothAndRaisesTheEpochOnce()
    {
        app.Webhook.Disable(DisabledReasons.Gone);

        var answer = (await Update(new() { Enabled = new(true), Url = new("https://example.com/moved") })).Value!;

        Assert.That((answer.Enabled, answer.Url), Is.EqualTo((true, "https://example.com/moved")));
        AssertEpochRaisedOnce();
    }

    [Test]
    public async Task Update_ToEnabledOfAnEnabledOne_ClearsTheFailuresAndRaisesNoEpoch()
    {
        app.Webhook.Stored(nameof(Webhook.FailingSince), Application.Start);

        await Update(new() { Enabled = new(true) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(app.Webhook.FailingSince, Is.Null);
            Assert.That(app.Workspace.Epoch, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Update_OfAnEnabledOneToEnabledAndMoved_RaisesTheEpochForTheMove()
    {
        await Update(new() { Enabled = new(true), Url = new("https://example.com/moved") });

        AssertEpochRaisedOnce();
    }

    [Test]
    public async Task Update_OfAForeignWebhook_IsNotFoundAndChangesNothing()
    {
        var foreign = app.AddForeignWebhook();

        var answer = await Update(new() { Url = new("https://evil.example"), Enabled = new(false) }, foreign.Id.Value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Error, Is.EqualTo(new Error("not_found", "Webhook not found.")));
            Assert.That((foreign.Url, foreign.Enabled), Is.EqualTo(("https://example.com/hook", true)));
        }

        app.AssertNothingChanged();
    }

    [Test]
    public void Validator_OfAnEmptyBody_HasNothingAgainstIt() => Assert.That(Codes(new()), Is.Empty);

    [Test]
    public void Validator_NamesEveryFault() => Assert.That(
        Codes(new() { Events = new(["render.ready"]), Description = new(new string('d', 1001)) }),
        Is.EquivalentTo(new[] { "Events.Value[0]: unknown_event", "Description.Value: MaximumLengthValidator" }));

    [Test]
    public void Validator_OfEventsThatAreNoneOrNull_AsksForOne()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Codes(new() { Events = new([]) }), Is.EqualTo(new[] { "Events.Value: events_empty" }));
            Assert.That(Codes(new() { Events = new(null!) }), Is.EqualTo(new[] { "Events.Value: events_empty" }));
        }
    }

    [Test]
    public void Validator_OfTheDescriptionRemoved_HasNothingAgainstIt() => Assert.That(Codes(new() { Description = new(null) }), Is.Empty);

    [Test]
    public async Task Validator_InTheNetworkRuleSet_JudgesTheUrlOnlyWhereItIsGiven()
    {
        app.Urls.Setup(port => port.CheckAsync("http://10.0.0.1", "", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new UrlRefusal("url_scheme", "No."));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Network(new() { Url = new("http://10.0.0.1") }), Is.EqualTo(new[] { "Url.Value: url_scheme" }));
            Assert.That(await Network(new() { Enabled = new(true) }), Is.Empty);
        }
    }

    void ExpectDeadLettering() => app.Deliveries
        .Setup(port => port.DeadLetterPendingAsync(app.Webhook.Id, It.IsAny<CancellationToken>()))
        .Callback(() => app.Journal.Add("dead-letter"))
        .ReturnsAsync(3);

    /// <summary>Whoever made the change first may have died before it was answered.</summary>
    void AssertRepeated() => Assert.That(app.Workspace.DomainEvents, Is.EqualTo(new object[] { new ChangeRepeated(app.Workspace.Id, 1) }));

    void AssertEpochRaisedOnce() =>
        Assert.That(app.Workspace.DomainEvents, Is.EqualTo(new object[] { new EndpointsChanged(app.Workspace.Id, 2) }));

    Task<Result<WebhookResponse>> Update(UpdateWebhookRequest request, string? webhookId = null) =>
        app.Send(new UpdateWebhookCommand(app.Actor, webhookId ?? app.Webhook.Id.Value, request));

    string[] Codes(UpdateWebhookRequest request) =>
        [.. app.Get<IValidator<UpdateWebhookRequest>>().Validate(request).Errors.Select(error => $"{error.PropertyName}: {error.ErrorCode}")];

    async Task<string[]> Network(UpdateWebhookRequest request)
    {
        var validator = app.Get<IValidator<UpdateWebhookRequest>>();
        var result = await validator.ValidateAsync(request, options => options.IncludeRuleSets(WebhookRules.NetworkRuleSet));
        return [.. result.Errors.Select(error => $"{error.PropertyName}: {error.ErrorCode}")];
    }
}
