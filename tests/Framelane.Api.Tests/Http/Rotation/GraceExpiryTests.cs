namespace Framelane.Api.Tests.Http.Rotation;

public sealed class GraceExpiryTests : SharedHostTests
{
    [Test]
    public async Task A_grace_ends_by_itself_when_it_is_over()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        var rotated = await Tenant.Client.RotateSecretAsync(webhook.Id, request: new() { GracePeriodSeconds = 1 });
        var ends = (await Tenant.Client.GetWorkspaceAsync()).SigningSecret.PreviousExpiresAt;
        await Eventually.HoldsAsync(() => DateTimeOffset.UtcNow > ends);

        await Tenant.Client.TestWebhookAsync(webhook.Id);

        Assert.That(ends, Is.Not.Null);
        Assert.That(Receiver.Deliveries.Single().IsSignedWith(rotated.Secret), Is.True);
        Assert.That(Receiver.Deliveries.Single().IsSignedWith(webhook.Secret), Is.False);
        Assert.That((await Tenant.Client.GetWorkspaceAsync()).SigningSecret.PreviousExpiresAt, Is.Null);
    }
}
