namespace Framelane.Api.Tests.Http.BadInput;

/// <summary>A host that may reach what an installation may reach by default: public https alone. No test here makes it send anything.</summary>
[SetUpFixture]
public sealed class StrictHost
{
    static ApiHost? host;

    internal static ApiHost Host => host!;

    [OneTimeSetUp]
    public async Task StartAsync() => host = await ApiHost.StartAsync(
        ("Framelane:Outbound:AllowHttp", "false"),
        ("Framelane:Outbound:AllowedNetworks", ""));

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (host is not null)
            await host.DisposeAsync();
    }
}

/// <summary>Tests that refuse requests: whatever they send, the database stays what it was.</summary>
public abstract class RefusalTests
{
    protected const string GoodUrl = "https://1.1.1.1/hook";

    /// <summary>Well formed, and nobody's.</summary>
    protected const string UnknownWebhook = "wh_01J8QR2K5VKDGN2T4FBM3CZYX7";

    private protected static ApiHost Host => StrictHost.Host;

    private protected Tenant Tenant { get; private set; } = null!;

    protected string WebhookId { get; private set; } = "";

    IReadOnlyList<string> before = [];

    [SetUp]
    public async Task EnterAsync()
    {
        Tenant = await Host.AddWorkspaceAsync();
        WebhookId = (await Tenant.CreateWebhookAsync(new(GoodUrl))).Id;
        before = await Host.Data.Database.SnapshotAsync();
    }

    [TearDown]
    public async Task NothingHasChangedAsync()
    {
        var after = await Host.Data.Database.SnapshotAsync();
        Tenant.Dispose();
        Assert.That(after, Is.EqualTo(before), "Something was written.");
    }

    /// <summary>The path with the tenant's own webhook in it.</summary>
    protected string PathOf(string route) => route.Replace("{webhook_id}", WebhookId, StringComparison.Ordinal);
}
