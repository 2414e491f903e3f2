using System.Diagnostics;
using Framelane.Client;
using static Framelane.Demo.Steps;

namespace Framelane.Demo;

/// <summary>The life of a signing secret, as its owner and its receivers see it.</summary>
sealed class RotationDemo(FramelaneClient client, Receiver receiver, Steps steps)
{
    const int GraceSeconds = 60;

    string webhookId = "";
    string first = "";
    string second = "";
    string third = "";
    Delivery delivery = null!;
    int pings;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SignedDeliveryAsync(cancellationToken);
            await RotationAsync(cancellationToken);
            await RetryAsync(cancellationToken);
            await GraceAsync(cancellationToken);
            await RecordsAsync(cancellationToken);
        }
        catch (StepFailedException) when (webhookId.Length > 0)
        {
            await client.ForgetAsync(webhookId);
            throw;
        }
    }

    async Task SignedDeliveryAsync(CancellationToken cancellationToken)
    {
        steps.Say("A delivery is signed");
        await steps.RunAsync("Create a webhook", async () =>
        {
            var created = await client.CreateWebhookAsync(new() { Url = receiver.Url, Description = "Framelane demo" }, cancellationToken: cancellationToken);
            (webhookId, first) = (created.Id, created.Secret);
            return $"{webhookId}, secret {Mask(first)}, receiver {receiver.Url}";
        });
        await PingAsync(cancellationToken);
        await AcceptAsync("with the secret", first);
        await steps.RunAsync("Accept it by the Standard Webhooks headers too", () => StandardWebhookSignature.Verify(
            delivery.Body, delivery.Id, delivery.Timestamp, delivery.StandardSignature, first));
        await steps.RunAsync("Refuse it with one byte of the body changed", () =>
        {
            byte[] changed = [.. delivery.Body];
            changed[^1] ^= 1;
            Expect(WebhookSignatureFailure.SignatureMismatch, changed, first);
        });
    }

    async Task RotationAsync(CancellationToken cancellationToken)
    {
        steps.Say("The secret is rotated");
        await RotateAsync("Rotate", grace: null, idempotencyKey: null, cancellationToken);
        await PingAsync(cancellationToken);
        await AcceptAsync("with the new secret", second);
        await RefuseAsync("with the old secret", first);
    }

    async Task RetryAsync(CancellationToken cancellationToken)
    {
        steps.Say("The answer to a rotation is lost, and asked for again");
        var key = FramelaneClient.NewIdempotencyKey();
        var old = second;
        await RotateAsync("Rotate with an idempotency key", grace: null, key, cancellationToken);
        await steps.RunAsync("Retry with the same key: the same secret, no second rotation", async () =>
        {
            var retried = await client.RotateSecretAsync(webhookId, key, cancellationToken: cancellationToken);
            Require(retried.Secret == second, "The retry answered another secret.");
            return Mask(retried.Secret);
        });
        await PingAsync(cancellationToken);
        await AcceptAsync("with that secret", second);
        await RefuseAsync("with the one before", old);
    }

    async Task GraceAsync(CancellationToken cancellationToken)
    {
        steps.Say("The secret is rotated with a grace period");
        await steps.RunAsync($"Rotate with {GraceSeconds} s of grace", async () =>
        {
            var rotated = await client.RotateSecretAsync(webhookId, request: new() { GracePeriodSeconds = GraceSeconds }, cancellationToken: cancellationToken);
            third = rotated.Secret;
            var workspace = await client.GetWorkspaceAsync(cancellationToken);
            Require(workspace.SigningSecret.PreviousExpiresAt is not null, "The workspace shows no grace.");
            return $"secret {Mask(third)}, the previous one signs until {workspace.SigningSecret.PreviousExpiresAt:HH:mm:ss} UTC";
        });
        await PingAsync(cancellationToken);
        await AcceptAsync("with the new secret", third);
        await AcceptAsync("with the previous secret", second);
        await RefuseAsync("with the first secret", first);
        await steps.RunAsync("End the grace early", async () =>
        {
            await client.DeletePreviousSecretAsync(cancellationToken);
            return null;
        });
        await PingAsync(cancellationToken);
        await AcceptAsync("with the new secret", third);
        await RefuseAsync("with the previous secret", second);
    }

    async Task RecordsAsync(CancellationToken cancellationToken)
    {
        steps.Say("What is on record");
        await steps.RunAsync("List the delivery attempts", async () =>
        {
            var attempts = await client.ListWebhookDeliveriesAsync(webhookId, cancellationToken: cancellationToken);
            Require(attempts.Data.Count == pings, $"{pings} were made, {attempts.Data.Count} are listed.");
            Require(attempts.Data.All(attempt => attempt.Status == AttemptStatus.Succeeded), "Not all of them succeeded.");
            return $"{attempts.Data.Count}, all succeeded with status {attempts.Data[0].StatusCode}";
        });
        await steps.RunAsync("List the rotations in the audit log", async () =>
        {
            var log = await client.ListAuditLogAsync(cancellationToken: cancellationToken);
            var rotations = log.Data.TakeWhile(entry => entry.Action != "webhook.created").Count(entry => entry.Action == "signing_secret.rotated");
            Require(rotations == 3, $"3 were made, {rotations} are listed.");
            return $"{rotations}, none for the retry";
        });
        await steps.RunAsync("Delete the webhook", async () =>
        {
            await client.DeleteWebhookAsync(webhookId, cancellationToken);
            try
            {
                await client.GetWebhookAsync(webhookId, cancellationToken);
            }
            catch (FramelaneApiException gone) when (gone.Code == "not_found")
            {
                webhookId = "";
                return null;
            }

            throw new InvalidOperationException("It is still there.");
        });
    }

    Task RotateAsync(string what, int? grace, string? idempotencyKey, CancellationToken cancellationToken) => steps.RunAsync(what, async () =>
    {
        var watch = Stopwatch.StartNew();
        var rotated = await client.RotateSecretAsync(
            webhookId,
            idempotencyKey,
            grace is null ? null : new() { GracePeriodSeconds = grace },
            cancellationToken);
        Require(rotated.Secret != first && rotated.Secret != second, "The rotation answered a secret of before.");
        second = rotated.Secret;
        return $"secret {Mask(second)}, after {watch.ElapsedMilliseconds} ms";
    });

    Task PingAsync(CancellationToken cancellationToken) => steps.RunAsync("Send a webhook.ping", async () =>
    {
        var attempt = await client.TestWebhookAsync(webhookId, cancellationToken: cancellationToken);
        pings++;
        Require(attempt.Status == AttemptStatus.Succeeded, $"The attempt {attempt.Status}: {attempt.FailureReason ?? $"status {attempt.StatusCode}"}.");
        delivery = await receiver.NextAsync(cancellationToken);
        var received = WebhookEvent.Parse(delivery.Body);
        Require(received.Type == "webhook.ping", $"A {received.Type} arrived.");
        return $"{received.Id} arrived";
    });

    Task AcceptAsync(string how, string secret) =>
        steps.RunAsync($"Accept it {how}", () => WebhookSignature.Verify(delivery.Body, delivery.Signature, secret));

    Task RefuseAsync(string how, string secret) =>
        steps.RunAsync($"Refuse it {how}", () => Expect(WebhookSignatureFailure.SignatureMismatch, delivery.Body, secret));

    void Expect(WebhookSignatureFailure expected, byte[] body, string secret)
    {
        WebhookSignature.TryVerify(body, delivery.Signature, secret, out var failure);
        Require(failure == expected, failure == WebhookSignatureFailure.None ? "It was accepted." : $"It was refused for another reason: {failure}.");
    }

    /// <summary>Enough to tell secrets apart by eye, and of no other use.</summary>
    static string Mask(string secret) => $"{secret[..8]}…";
}
