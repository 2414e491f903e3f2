namespace Framelane.Api.Tests.Http.Conventions;

/// <summary>Behind proxies that are known: loopback, as the tests come from there, and one network before it.</summary>
public sealed class ProxyTests
{
    static ApiHost host = null!;

    [OneTimeSetUp]
    public static async Task StartAsync() => host = await ApiHost.StartAsync(
        ("Framelane:Proxies:Known:0", "127.0.0.0/8"),
        ("Framelane:Proxies:Known:1", "10.0.0.0/8"),
        ("Framelane:RateLimits:UnauthenticatedRequestsPerMinute", "2"));

    [OneTimeTearDown]
    public static Task StopAsync() => host.DisposeAsync().AsTask();

    [Test]
    public async Task Each_client_is_counted_for_itself()
    {
        Assert.That(await StatusesAsync("198.51.100.1", "198.51.100.1", "198.51.100.1"), Is.EqualTo(new[] { 200, 200, 429 }));
        Assert.That(await StatusesAsync("198.51.100.2"), Is.EqualTo(new[] { 200 }));
    }

    [Test]
    public async Task Of_a_chain_the_last_address_that_is_no_proxy_s_is_the_client() =>
        Assert.That(
            await StatusesAsync("1.1.1.1, 198.51.100.3", "2.2.2.2, 198.51.100.3, 10.0.0.7", "198.51.100.3", "3.3.3.3,198.51.100.3"),
            Is.EqualTo(new[] { 200, 200, 429, 429 }));

    [Test]
    public async Task Addresses_of_one_IPv6_network_of_64_bits_are_one_client() =>
        Assert.That(
            await StatusesAsync("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:2::3", "2001:db8:1:3::1"),
            Is.EqualTo(new[] { 200, 200, 429, 200 }));

    [Test]
    public async Task The_audit_log_names_the_client_and_not_the_proxy()
    {
        await host.First.Raw.SendAsync("PATCH", "/v1/workspace", """{"name": "x"}""", ("X-Forwarded-For", "1.1.1.1, 198.51.100.9"));

        Assert.That((await host.First.Client.ListAuditLogAsync(limit: 1)).Data.Single().Address, Is.EqualTo("198.51.100.9"));
    }

    static async Task<IReadOnlyList<int>> StatusesAsync(params string[] forwardedFor)
    {
        var statuses = new List<int>();
        foreach (var address in forwardedFor)
            statuses.Add((await host.Nobody.GetAsync("/v1/capabilities", ("X-Forwarded-For", address))).Status);
        return statuses;
    }
}
