using System.Diagnostics;
using System.Net;
using Framelane.Infrastructure.Outbound;

namespace Framelane.Infrastructure.Tests.Outbound;

public sealed class DnsNameResolverTests
{
    TestNameServer server = null!;
    string hosts = null!;

    [SetUp]
    public void SetUp()
    {
        server = new TestNameServer();
        hosts = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    }

    [TearDown]
    public void TearDown()
    {
        server.Dispose();
        File.Delete(hosts);
    }

    [Test]
    public async Task Both_families_are_asked()
    {
        server.Has("both.test", "192.0.2.1", "192.0.2.2", "2001:db8::1");

        Assert.That(await ResolveAsync("both.test"), Is.EquivalentTo(["192.0.2.1", "192.0.2.2", "2001:db8::1"]));
    }

    [TestCase("10.1.2.3", "10.1.2.3")]
    [TestCase("0x7f000001", "127.0.0.1")]
    [TestCase("127.0.0.1.", "127.0.0.1")]
    [TestCase("::1", "::1")]
    [TestCase("[::1]", "::1")]
    public async Task A_literal_never_goes_to_the_name_server(string host, string expected)
    {
        Assert.That(await ResolveAsync(host), Is.EqualTo([expected]));
        Assert.That(server.QueriedNames, Is.Empty);
    }

    [Test]
    public async Task A_trailing_dot_names_the_same()
    {
        server.Has("dotted.test", "192.0.2.1");

        Assert.That(await ResolveAsync("dotted.test."), Is.EqualTo(["192.0.2.1"]));
    }

    [Test]
    public async Task Aliases_are_followed_within_an_answer()
    {
        server.Alias("a.test", "b.test").Alias("b.test", "c.test").Has("c.test", "10.0.0.1");

        Assert.That(await ResolveAsync("a.test"), Is.EqualTo(["10.0.0.1"]));
    }

    [Test]
    public async Task Aliases_are_followed_across_answers()
    {
        server.Alias("a.test", "b.test", isComplete: false).Alias("b.test", "c.test", isComplete: false).Has("c.test", "10.0.0.1");

        Assert.That(await ResolveAsync("a.test"), Is.EqualTo(["10.0.0.1"]));
    }

    [Test]
    public void Aliases_in_a_circle_end()
    {
        server.Alias("a.test", "b.test", isComplete: false).Alias("b.test", "a.test", isComplete: false);

        Assert.That(() => ResolveAsync("a.test"), Throws.TypeOf<NameResolutionException>());
        Assert.That(server.CountOfA("a.test") + server.CountOfA("b.test"), Is.LessThanOrEqualTo(9));
    }

    [Test]
    public void What_does_not_exist_does_not_resolve() =>
        Assert.That(() => ResolveAsync("nowhere.test"), Throws.TypeOf<NameResolutionException>());

    [Test]
    public void A_failing_server_does_not_resolve()
    {
        server.Fails("servfail.test", 2).Fails("refused.test", 5).Has("empty.test").TalksNonsense("nonsense.test");

        foreach (var name in new[] { "servfail.test", "refused.test", "empty.test", "nonsense.test" })
            Assert.That(() => ResolveAsync(name), Throws.TypeOf<NameResolutionException>(), name);
    }

    [TestCase("")]
    [TestCase(".")]
    [TestCase("a..test")]
    [TestCase("1.2.3.4.5")]
    [TestCase("bücher.test")]
    [TestCase("a b.test")]
    public void What_is_no_name_does_not_resolve(string host)
    {
        Assert.That(() => ResolveAsync(host), Throws.TypeOf<NameResolutionException>());
        Assert.That(server.QueriedNames, Is.Empty);
    }

    [Test]
    public void Labels_and_names_have_a_longest_length()
    {
        var label = new string('a', 63);
        server.Has($"{label}.test", "192.0.2.1");

        Assert.That(() => ResolveAsync($"{label}.test"), Throws.Nothing);
        Assert.That(() => ResolveAsync($"{label}a.test"), Throws.TypeOf<NameResolutionException>());
        Assert.That(() => ResolveAsync($"{label}.{label}.{label}.{label}.test"), Throws.TypeOf<NameResolutionException>());
    }

    [Test]
    public void A_silent_server_costs_the_timeout_and_no_more()
    {
        server.IsSilent("silent.test");
        var watch = Stopwatch.StartNew();

        Assert.That(() => ResolveAsync("silent.test", Settings(TimeSpan.FromMilliseconds(400))), Throws.TypeOf<NameResolutionException>());
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1.5)));
        Assert.That(server.CountOfA("silent.test"), Is.GreaterThanOrEqualTo(2), "a lost packet deserves a second try");
    }

    [Test]
    public async Task One_silent_family_does_not_hide_the_other()
    {
        server.IsSilentOnIPv6("half.test", "192.0.2.1");

        Assert.That(await ResolveAsync("half.test", Settings(TimeSpan.FromMilliseconds(400))), Is.EqualTo(["192.0.2.1"]));
    }

    [Test]
    public void Cancellation_ends_a_look_up_at_once()
    {
        server.IsSilent("silent.test");
        var resolver = new DnsNameResolver(TimeProvider.System, Settings(TimeSpan.FromSeconds(30)));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();

        Assert.That(() => resolver.ResolveAsync("silent.test", "ws", stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task One_tenants_dead_names_do_not_hold_up_another()
    {
        server.Has("live.test", "192.0.2.1");
        var resolver = new DnsNameResolver(TimeProvider.System, Settings(TimeSpan.FromSeconds(30)));
        using var stop = new CancellationTokenSource();
        string[] dead = ["d0.test", "d1.test", "d2.test", "d3.test"];
        foreach (var name in dead)
            server.IsSilent(name);

        var stuck = dead.Select(name => resolver.ResolveAsync(name, "ws_a", stop.Token)).ToList();
        var waiting = resolver.ResolveAsync("live.test", "ws_a", stop.Token);
        await UntilAsync(() => dead.All(server.QueriedNames.Contains));

        Assert.That(server.QueriedNames, Has.No.Member("live.test"), "the fifth of a tenant waits");
        Assert.That(await resolver.ResolveAsync("live.test", "ws_b", default), Is.EqualTo([IPAddress.Parse("192.0.2.1")]));
        Assert.That(waiting.IsCompleted, Is.False);

        await stop.CancelAsync();
        foreach (var task in stuck.Append(waiting))
            Assert.That(() => task, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await resolver.ResolveAsync("live.test", "ws_a", default), Has.Count.EqualTo(1), "the places were given back");
    }

    [Test]
    public async Task Answers_are_not_kept()
    {
        server.InTurn("moving.test", ["192.0.2.1"], ["127.0.0.1"]);
        var resolver = new DnsNameResolver(TimeProvider.System, Settings());

        Assert.That(await resolver.ResolveAsync("moving.test", "ws", default), Is.EqualTo([IPAddress.Parse("192.0.2.1")]));
        Assert.That(await resolver.ResolveAsync("moving.test", "ws", default), Is.EqualTo([IPAddress.Loopback]));
    }

    [TestCase("localhost")]
    [TestCase("LocalHost.")]
    [TestCase("api.localhost")]
    public async Task Localhost_is_loopback_and_never_asked_for(string host)
    {
        server.Has("localhost", "192.0.2.1").Has("api.localhost", "192.0.2.1");

        Assert.That(await ResolveAsync(host), Is.EqualTo(["127.0.0.1", "::1"]));
        Assert.That(server.QueriedNames, Is.Empty);
    }

    [Test]
    public async Task The_hosts_file_comes_before_the_name_server_and_is_read_again_when_it_changes()
    {
        server.Has("receiver.test", "192.0.2.1");
        var resolver = new DnsNameResolver(TimeProvider.System, Settings());

        Assert.That(await resolver.ResolveAsync("receiver.test", "ws", default), Is.EqualTo([IPAddress.Parse("192.0.2.1")]));

        await File.WriteAllTextAsync(hosts, "# a comment\n10.0.0.7\treceiver.test other.test # trailing\nnot-an-address broken.test\n");
        Assert.That(await resolver.ResolveAsync("RECEIVER.test", "ws", default), Is.EqualTo([IPAddress.Parse("10.0.0.7")]));
        Assert.That(await resolver.ResolveAsync("other.test", "ws", default), Is.EqualTo([IPAddress.Parse("10.0.0.7")]));

        await File.WriteAllTextAsync(hosts, "10.0.0.8 receiver.test\nfd00::8 receiver.test\n");
        Assert.That(
            await resolver.ResolveAsync("receiver.test", "ws", default),
            Is.EqualTo([IPAddress.Parse("10.0.0.8"), IPAddress.Parse("fd00::8")]));
    }

    async Task<IEnumerable<string>> ResolveAsync(string host, NameResolverSettings? settings = null)
    {
        var resolver = new DnsNameResolver(TimeProvider.System, settings ?? Settings());
        return [.. (await resolver.ResolveAsync(host, "ws_test", default)).Select(address => address.ToString())];
    }

    NameResolverSettings Settings(TimeSpan? timeout = null) => new()
    {
        NameServers = [server.EndPoint],
        HostsFilePath = hosts,
        Timeout = timeout ?? TimeSpan.FromSeconds(2),
    };

    static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
    }
}
