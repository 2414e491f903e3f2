using Framelane.Client;

namespace Framelane.Api.Tests.Http.Sessions;

/// <summary>Who deletes a workspace of a capped plan and enters again has what is left of the month, by whichever door.</summary>
public sealed class BeginningAnewTests
{
    static OidcProvider provider = null!;

    static ApiHost host = null!;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        provider = await OidcProvider.StartAsync();
        host = await ApiHost.StartAsync(
            ("Framelane:Oidc:Issuer", provider.Issuer), ("Framelane:Oidc:AuthorizedParties:0", OidcProvider.Origin), ("Framelane:DefaultPlan", "free"));
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        await host.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Test]
    public async Task By_the_console()
    {
        var (_, token) = await provider.LogInAsync("ada");
        using var first = await EnterAsync(token);
        await UseAndDeleteAsync(first);

        using var second = await EnterAsync(token);
        using var other = await EnterAsync((await provider.LogInAsync("eve")).SessionToken);

        Assert.That((await MinutesAsync(second), await MinutesAsync(other)), Is.EqualTo((0.1, 0.0)));
    }

    [Test]
    public async Task By_signing_up()
    {
        using var first = await SignUpAsync("zoe@example.com");
        await UseAndDeleteAsync(first);

        using var second = await SignUpAsync("Zoe@example.com");
        using var other = await SignUpAsync("zoe@example.org");

        Assert.That((await MinutesAsync(second), await MinutesAsync(other)), Is.EqualTo((0.1, 0.0)));
    }

    static async Task<Tenant> EnterAsync(string token)
    {
        var console = new Tenant(token, host.Url);
        Assert.That((await console.Client.SyncSessionAsync(new() { ClerkToken = token })).IsNew, Is.True);
        return console;
    }

    static async Task<Tenant> SignUpAsync(string email)
    {
        var made = await host.Nobody.PostAsync("/v1/signup", $$"""{"workspace_name": "Studio", "email": "{{email}}"}""");
        var verified = await host.Nobody.PostAsync("/v1/signup/verify", $$"""{"email": "{{email}}", "otp_code": "{{await host.CodeAsync(email)}}"}""");
        Assert.That(verified.Status, Is.EqualTo(200), verified.Body);
        return new((string)made.Json["api_key"]!, host.Url);
    }

    /// <summary>Six seconds.</summary>
    static async Task UseAndDeleteAsync(Tenant tenant)
    {
        var job = await tenant.Client.CreateRenderAsync(new() { Width = 64, Height = 32, FrameRate = 1, Duration = 6 });
        await Eventually.HoldsAsync(async () => (await tenant.Client.GetRenderAsync(job.Id, wait: 5)).Status == JobStatus.Completed);
        Assert.That(await MinutesAsync(tenant), Is.EqualTo(0.1));
        Assert.That((await tenant.Raw.SendAsync("DELETE", "/v1/workspace")).Status, Is.EqualTo(202));
    }

    static async Task<double> MinutesAsync(Tenant tenant) => (double)(await tenant.Raw.GetAsync("/v1/workspace/usage")).Json["render_minutes"]!;
}
