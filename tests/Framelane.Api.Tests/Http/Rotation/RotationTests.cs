using Framelane.Client;

namespace Framelane.Api.Tests.Http.Rotation;

/// <summary>The main job, end to end: what a receiver sees of a rotation.</summary>
public sealed class RotationTests : SharedHostTests
{
    [Test]
    public async Task The_next_delivery_verifies_with_the_new_secret_and_no_more_with_the_old()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Host.AppendAsync(Tenant, "render.completed");
        var before = await Receiver.NextAsync();

        var rotated = await Tenant.Client.RotateSecretAsync(webhook.Id);
        await Host.AppendAsync(Tenant, "render.completed", "render_2");
        var after = await Receiver.NextAsync(2);

        Assert.Multiple(() =>
        {
            Assert.That(before.IsSignedWith(webhook.Secret), Is.True);
            Assert.That(before.IsSignedWith(rotated.Secret), Is.False);
            Assert.That(after.IsSignedWith(rotated.Secret), Is.True);
            Assert.That(after.IsSignedWith(webhook.Secret), Is.False);
            Assert.That(after.Signature.Split(','), Has.Length.EqualTo(2));
        });
    }

    [Test]
    public async Task With_a_grace_both_sign_until_it_is_ended()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        var rotated = await Tenant.Client.RotateSecretAsync(webhook.Id, request: new() { GracePeriodSeconds = 604_800 });
        await Tenant.Client.TestWebhookAsync(webhook.Id);
        await Tenant.Client.DeletePreviousSecretAsync();
        await Tenant.Client.TestWebhookAsync(webhook.Id);

        var (during, after) = (Receiver.Deliveries[0], Receiver.Deliveries[1]);
        Assert.Multiple(() =>
        {
            Assert.That(during.IsSignedWith(rotated.Secret), Is.True);
            Assert.That(during.IsSignedWith(webhook.Secret), Is.True);
            Assert.That(during.Signature, Does.Match("^t=[0-9]{10},v1=[0-9a-f]{64},v1=[0-9a-f]{64}$"));
            Assert.That(StandardVerifies(during, rotated.Secret), Is.True);
            Assert.That(StandardVerifies(during, webhook.Secret), Is.True);
            Assert.That(after.IsSignedWith(rotated.Secret), Is.True);
            Assert.That(after.IsSignedWith(webhook.Secret), Is.False);
            Assert.That(after.Signature, Does.Match("^t=[0-9]{10},v1=[0-9a-f]{64}$"));
        });
    }

    [Test]
    public async Task A_further_rotation_drops_the_older_secret()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        var second = await Tenant.Client.RotateSecretAsync(webhook.Id, request: new() { GracePeriodSeconds = 3600 });
        var third = await Tenant.Client.RotateSecretAsync(webhook.Id, request: new() { GracePeriodSeconds = 3600 });
        await Tenant.Client.TestWebhookAsync(webhook.Id);
        var fourth = await Tenant.Client.RotateSecretAsync(webhook.Id);
        await Tenant.Client.TestWebhookAsync(webhook.Id);

        bool[] Signs(int delivery) =>
            [.. new[] { webhook.Secret, second.Secret, third.Secret, fourth.Secret }.Select(Receiver.Deliveries[delivery].IsSignedWith)];
        Assert.That(Signs(0), Is.EqualTo(new[] { false, true, true, false }));
        Assert.That(Signs(1), Is.EqualTo(new[] { false, false, false, true }));
    }

    [Test]
    public async Task It_rekeys_every_webhook_of_the_workspace_and_the_urls_of_jobs_and_no_other_workspace()
    {
        await using var second = await Receiver.StartAsync();
        await using var foreign = await Receiver.StartAsync();
        using var other = await Host.AddWorkspaceAsync();
        var named = await Tenant.CreateWebhookAsync(Receiver.Url);
        var sibling = await Tenant.CreateWebhookAsync(second.Url);
        var theirs = await other.CreateWebhookAsync(foreign.Url);

        var rotated = await Tenant.Client.RotateSecretAsync(named.Id);
        await Tenant.Client.TestWebhookAsync(sibling.Id);
        await other.Client.TestWebhookAsync(theirs.Id);
        await Host.AppendAsync(Tenant, "render.completed", webhookUrl: Receiver.Url.AbsoluteUri);

        Assert.That((await second.NextAsync()).IsSignedWith(rotated.Secret), Is.True);
        Assert.That((await Receiver.NextAsync()).IsSignedWith(rotated.Secret), Is.True);
        Assert.That((await foreign.NextAsync()).IsSignedWith(other.FirstSecret), Is.True);
    }

    [Test]
    public async Task A_webhook_created_later_is_told_the_rotated_secret()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        var rotated = await Tenant.Client.RotateSecretAsync(webhook.Id);

        Assert.That((await Tenant.CreateWebhookAsync(Receiver.Url)).Secret, Is.EqualTo(rotated.Secret));
    }

    [Test]
    public async Task A_retry_is_signed_with_the_secret_of_its_own_moment()
    {
        Receiver.Answer = (context, before) =>
        {
            context.Response.StatusCode = before == 0 ? 500 : 200;
            return Task.CompletedTask;
        };
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Host.AppendAsync(Tenant, "render.completed");
        var first = await Receiver.NextAsync();

        var rotated = await Tenant.Client.RotateSecretAsync(webhook.Id);
        await Tenant.Client.RedeliverDeliveryAsync(first.Headers["Framelane-Delivery"]);
        var retry = await Receiver.NextAsync(2);

        Assert.That(first.IsSignedWith(webhook.Secret), Is.True);
        Assert.That(retry.IsSignedWith(rotated.Secret), Is.True);
        Assert.That(retry.IsSignedWith(webhook.Secret), Is.False);
        Assert.That(retry.Body, Is.EqualTo(first.Body));
    }

    [Test]
    public async Task No_attempt_that_begins_after_the_answer_carries_the_old_secret_alone()
    {
        await Tenant.CreateWebhookAsync(Receiver.Url);
        var webhook = await Tenant.CreateWebhookAsync(new Uri(Receiver.Url, "/other"), "asset.ready");
        using var stop = new CancellationTokenSource();
        var flow = Task.Run(async () =>
        {
            for (var job = 0; !stop.IsCancellationRequested; job++)
                await Host.AppendAsync(Tenant, "render.completed", $"render_{job}");
        });
        var rotations = new List<(string Secret, int Seen)>();
        await Receiver.NextAsync();
        for (var i = 0; i < 10; i++)
        {
            var rotated = await Tenant.Client.RotateSecretAsync(webhook.Id);
            rotations.Add((rotated.Secret, Receiver.Deliveries.Count));
            await Receiver.NextAsync(Receiver.Deliveries.Count + 5);
        }

        await stop.CancelAsync();
        await flow;

        // What had begun before the answer may still arrive behind it: at most as many as one endpoint takes at once.
        var strays = rotations.Select(rotation => Receiver.Deliveries.Skip(rotation.Seen + 8)
            .TakeWhile(delivery => !rotations.SkipWhile(other => other != rotation).Skip(1).Any(later => delivery.IsSignedWith(later.Secret)))
            .Count(delivery => !delivery.IsSignedWith(rotation.Secret)));
        Assert.That(strays, Has.All.Zero);
    }

    [Test]
    public async Task Fifty_at_once_are_one_after_the_other_and_the_last_to_commit_stays()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);

        var rotated = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
            (string)(await Tenant.Raw.PostAsync($"/v1/webhooks/{webhook.Id}/rotate-secret", """{"grace_period_seconds": 600}""")).Json["secret"]!));
        await Tenant.Client.TestWebhookAsync(webhook.Id);
        var current = (await Tenant.CreateWebhookAsync(Receiver.Url)).Secret;
        var delivered = await Receiver.NextAsync();
        var audit = await Tenant.Client.ListAuditLogAsync(limit: 100);

        Assert.Multiple(() =>
        {
            Assert.That(rotated, Is.Unique);
            Assert.That(rotated, Does.Contain(current));
            Assert.That(delivered.IsSignedWith(current), Is.True);
            Assert.That(rotated.Append(webhook.Secret).Count(delivered.IsSignedWith), Is.EqualTo(2), "The current one and the one before it.");
            Assert.That(audit.Data.Count(entry => entry.Action == "signing_secret.rotated"), Is.EqualTo(50));
            Assert.That(audit.Data.Select(entry => entry.Id), Is.Unique);
        });
    }

    static bool StandardVerifies(Delivered delivered, string secret) => StandardWebhookSignature.TryVerify(
        delivered.Body,
        delivered.Headers["webhook-id"],
        delivered.Headers["webhook-timestamp"],
        delivered.Headers["webhook-signature"],
        secret,
        out _);
}
