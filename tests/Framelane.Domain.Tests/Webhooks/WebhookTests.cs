using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Webhooks;

public sealed class WebhookTests
{
    [Test]
    public void Create_TakesWhatItIsGiven()
    {
        var (id, owner) = (WebhookId.New(Given.Start), WorkspaceId.New(Given.Start));

        var webhook = Webhook.Create(id, owner, "https://example.com/hook", ["render.failed"], "main", enabled: true, Given.Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(webhook.Id, Is.EqualTo(id));
            Assert.That(webhook.WorkspaceId, Is.EqualTo(owner));
            Assert.That(webhook.Url, Is.EqualTo("https://example.com/hook"));
            Assert.That(webhook.Events, Is.EqualTo(new[] { "render.failed" }));
            Assert.That(webhook.Description, Is.EqualTo("main"));
            Assert.That(webhook.Enabled, Is.True);
            Assert.That(webhook.DisabledReason, Is.Null);
            Assert.That(webhook.CreatedAt, Is.EqualTo(Given.Start));
            Assert.That(webhook.FailingSince, Is.Null);
            Assert.That(webhook.LastDeliveryAt, Is.Null);
        }
    }

    [Test]
    public void Create_Disabled_SaysThatItsOwnerDidIt() =>
        Assert.That(Given.Webhook(enabled: false).DisabledReason, Is.EqualTo("disabled_by_owner"));

    [Test]
    public void Disable_OnlyTheFirstTimeCounts()
    {
        var webhook = Given.Webhook();

        var first = webhook.Disable(DisabledReasons.Gone);
        var second = webhook.Disable(DisabledReasons.ByOwner);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, second), Is.EqualTo((true, false)));
            Assert.That(webhook.Enabled, Is.False);
            Assert.That(webhook.DisabledReason, Is.EqualTo("gone"), "the first reason stays");
        }
    }

    [Test]
    public void Enable_ClearsTheReasonAndTheFailures()
    {
        var webhook = Given.Webhook().Stored(nameof(Webhook.FailingSince), Given.Start);
        webhook.Disable(DisabledReasons.Failing);

        var changed = webhook.Enable();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(changed, Is.True);
            Assert.That(webhook.Enabled, Is.True);
            Assert.That(webhook.DisabledReason, Is.Null);
            Assert.That(webhook.FailingSince, Is.Null);
        }
    }

    [Test]
    public void Enable_OfAnEnabledOne_ClearsTheFailuresAndSaysThatNothingChanged()
    {
        var webhook = Given.Webhook().Stored(nameof(Webhook.FailingSince), Given.Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(webhook.Enable(), Is.False);
            Assert.That(webhook.FailingSince, Is.Null);
        }
    }

    [Test]
    public void MoveTo_SaysWhetherItMoved()
    {
        var webhook = Given.Webhook();

        var same = webhook.MoveTo(webhook.Url);
        var other = webhook.MoveTo("https://example.com/HOOK");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((same, other), Is.EqualTo((false, true)), "paths tell upper and lower case apart");
            Assert.That(webhook.Url, Is.EqualTo("https://example.com/HOOK"));
        }
    }

    [Test]
    public void Wants_WhatItSubscribedTo()
    {
        var webhook = Given.Webhook();

        webhook.Subscribe([EventTypes.AssetReady]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(webhook.Wants("asset.ready"), Is.True);
            Assert.That(webhook.Wants("render.completed"), Is.False);
        }
    }

    [Test]
    public void Describe_ReplacesAndRemoves()
    {
        var webhook = Given.Webhook();
        webhook.Describe("staging");
        Assert.That(webhook.Description, Is.EqualTo("staging"));

        webhook.Describe(null);
        Assert.That(webhook.Description, Is.Null);
    }
}
