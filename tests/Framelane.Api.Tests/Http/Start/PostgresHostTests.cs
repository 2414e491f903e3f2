using System.Security.Cryptography;
using Framelane.Client;
using Framelane.Infrastructure.Tests.Postgres;

namespace Framelane.Api.Tests.Http.Start;

/// <summary>The program on PostgreSQL, from the first start on a server that has no such database yet.</summary>
public sealed class PostgresHostTests
{
    string masterKey = null!;
    ApiHost host = null!;
    Receiver receiver = null!;

    [SetUp]
    public async Task StartAsync()
    {
        masterKey = Path.GetTempFileName();
        await File.WriteAllTextAsync(masterKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        receiver = await Receiver.StartAsync();
        host = await ApiHost.StartAsync(
            ("Framelane:Database:Provider", "postgres"),
            ("Framelane:Database:ConnectionString", PostgresServer.Shared.ConnectionString(PostgresServer.Shared.NewName())),
            ("Framelane:Secrets:MasterKeyFile", masterKey));
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (host is not null)
            await host.DisposeAsync();
        await receiver.DisposeAsync();
        File.Delete(masterKey);
    }

    [Test]
    public async Task It_delivers_and_rotates()
    {
        using var tenant = await host.AddWorkspaceAsync();
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);
        await host.AppendAsync(tenant, "render.completed");
        Assert.That((await receiver.NextAsync()).IsSignedWith(webhook.Secret));

        var rotated = (await tenant.Client.RotateSecretAsync(webhook.Id)).Secret;
        await host.AppendAsync(tenant, "render.completed", "render_2");
        var second = await receiver.NextAsync(2);
        Assert.That((second.IsSignedWith(rotated), second.IsSignedWith(webhook.Secret)), Is.EqualTo((true, false)));

        await Eventually.HoldsAsync(async () =>
            (await tenant.Client.ListWebhookDeliveriesAsync(webhook.Id, AttemptStatus.Succeeded)).Data.Count == 2);
        Assert.That((await tenant.Client.TestWebhookAsync(webhook.Id)).Status, Is.EqualTo(AttemptStatus.Succeeded));
    }

    /// <remarks>Texts of PostgreSQL cannot hold this character.</remarks>
    [Test]
    public async Task A_zero_character_is_a_fault_of_the_caller_s()
    {
        using var tenant = await host.AddWorkspaceAsync();
        var created = await tenant.Raw.PostAsync("/v1/webhooks", $$"""{"url": "{{receiver.Url}}", "description": "a\u0000b"}""");
        var found = await tenant.Raw.GetAsync("/v1/deliveries?job_id=%00");
        Assert.That((created.Status, found.Status), Is.EqualTo((422, 422)));
        Assert.That((string?)created.Json["detail"]![0]!["type"], Is.EqualTo("string_unicode"));
    }
}
