using System.Diagnostics;
using System.Net;
using Framelane.Infrastructure.Outbound;

namespace Framelane.Infrastructure.Tests.Outbound;

/// <summary>The guard seen from a real <see cref="HttpClient"/>; every connection that is let through is a loopback one.</summary>
public sealed class OutboundHttpTests
{
    static readonly string[] Loopback = ["127.0.0.0/8", "::1/128"];

    LoopbackServer server = null!;

    [SetUp]
    public void SetUp() => server = new LoopbackServer();

    [TearDown]
    public void TearDown() => server.Dispose();

    [TestCaseSource(typeof(ForbiddenHosts), nameof(ForbiddenHosts.Addresses))]
    public Task A_forbidden_address_is_not_dialled_in_any_spelling(string host) => AssertRefusedAsync(host);

    [TestCaseSource(typeof(ForbiddenHosts), nameof(ForbiddenHosts.Ambiguous))]
    public Task A_host_that_ends_in_a_number_is_not_dialled(string host) => AssertRefusedAsync(host);

    [Test]
    public async Task A_name_that_leads_to_the_canary_does_not_reach_it()
    {
        using var guard = new Guard();
        guard.NameServer.Has("canary.test", "127.0.0.1");
        using var client = guard.CreateClient();

        Assert.That(await FailureOfAsync(client, $"http://canary.test:{server.Port}/"), Is.EqualTo(OutboundFailure.ForbiddenTarget));
        Assert.That(server.Connections, Is.Zero);
    }

    [TestCase("127.0.0.1")]
    [TestCase("[::ffff:127.0.0.1]")]
    [TestCase("127.1")]
    [TestCase("receiver.test")]
    public async Task An_allowed_network_lets_a_loopback_receiver_be_reached(string host)
    {
        using var guard = new Guard(allowed: ["127.0.0.0/8"]);
        guard.NameServer.Has("receiver.test", "127.0.0.1");
        using var client = guard.CreateClient();

        Assert.That(await client.GetStringAsync($"http://{host}:{server.Port}/"), Is.EqualTo("ok"));
        Assert.That(server.Connections, Is.EqualTo(1));
    }

    [Test]
    public async Task Plain_http_is_refused_where_it_is_not_allowed()
    {
        using var guard = new Guard(allowHttp: false, allowed: Loopback);
        using var client = guard.CreateClient();

        Assert.That(await FailureOfAsync(client, $"http://127.0.0.1:{server.Port}/"), Is.EqualTo(OutboundFailure.ForbiddenTarget));
        Assert.That(server.Connections, Is.Zero);
    }

    [Test]
    public async Task Redirects_are_not_followed()
    {
        using var guard = new Guard(allowed: Loopback);
        using var redirecting = new LoopbackServer(
            $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{server.Port}/\r\nContent-Length: 0\r\n\r\n");
        using var client = guard.CreateClient();

        using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{redirecting.Port}/"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(server.Connections, Is.Zero);
    }

    [Test]
    public async Task A_request_carries_nothing_that_its_sender_did_not_put_there()
    {
        using var guard = new Guard(allowed: Loopback);
        using var receiver = new LoopbackServer("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok");
        using var client = guard.CreateClient();
        using var activity = new Activity("delivery").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.TraceStateString = "secret=1";

        for (var i = 0; i < 2; i++)
            await client.GetStringAsync($"http://127.0.0.1:{receiver.Port}/hook");

        Assert.That(receiver.Heads, Is.All.EqualTo($"GET /hook HTTP/1.1\r\nHost: 127.0.0.1:{receiver.Port}\r\n\r\n"));
        Assert.That(receiver.Heads, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_compressed_answer_is_left_as_it_is()
    {
        using var guard = new Guard(allowed: Loopback);
        using var receiver = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbomb");
        using var client = guard.CreateClient();

        Assert.That(await client.GetStringAsync($"http://127.0.0.1:{receiver.Port}/"), Is.EqualTo("bomb"));
    }

    [Test]
    public async Task The_machines_proxy_is_not_used()
    {
        using var guard = new Guard(allowed: Loopback);
        using var proxy = new LoopbackServer();
        using var client = guard.CreateClient();
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(new Uri($"http://127.0.0.1:{proxy.Port}")) { BypassProxyOnLocal = false };
        try
        {
            await client.GetStringAsync($"http://127.0.0.1:{server.Port}/");
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.That(proxy.Connections, Is.Zero);
        Assert.That(server.Connections, Is.EqualTo(1));
    }

    [Test]
    public async Task A_kept_connection_serves_again_without_a_look_up()
    {
        using var guard = new Guard(allowed: Loopback);
        guard.NameServer.InTurn("receiver.test", ["127.0.0.1"], ["10.0.0.1"]);
        using var client = guard.CreateClient();

        for (var i = 0; i < 3; i++)
            await client.GetStringAsync($"http://receiver.test:{server.Port}/");

        Assert.That(server.Connections, Is.EqualTo(1));
        Assert.That(guard.NameServer.CountOfA("receiver.test"), Is.EqualTo(1));
        Assert.That(guard.Dialled, Is.EqualTo([new IPEndPoint(IPAddress.Loopback, server.Port)]));
    }

    [Test]
    public async Task When_a_connection_has_had_its_time_the_name_is_judged_anew()
    {
        using var guard = new Guard(allowed: ["127.0.0.1/32"]);
        guard.NameServer.InTurn("receiver.test", ["127.0.0.1"], ["127.0.0.2"]);
        using var client = guard.CreateClient(handler => handler.PooledConnectionLifetime = TimeSpan.Zero);
        var url = $"http://receiver.test:{server.Port}/";

        Assert.That(await client.GetStringAsync(url), Is.EqualTo("ok"));
        Assert.That(await FailureOfAsync(client, url), Is.EqualTo(OutboundFailure.ForbiddenTarget));
        Assert.That(guard.Dialled, Has.Count.EqualTo(1));
    }

    [Test]
    public void Connections_do_not_live_long()
    {
        using var guard = new Guard();
        using var handler = OutboundHttp.CreateHandler(guard.Connector, maxConnectionsPerServer: 3);

        Assert.That(handler.PooledConnectionLifetime, Is.LessThanOrEqualTo(TimeSpan.FromMinutes(2)));
        Assert.That(handler.PooledConnectionIdleTimeout, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(handler.ConnectTimeout, Is.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That(handler.MaxConnectionsPerServer, Is.EqualTo(3));
    }

    [Test]
    public async Task Tls_is_made_with_the_name_of_the_url()
    {
        using var certificate = TestCertificate.SelfSigned("receiver.test");
        using var receiver = new LoopbackServer(LoopbackServer.Ok, certificate);
        using var guard = new Guard(allowHttp: false, allowed: Loopback);
        guard.NameServer.Has("receiver.test", "127.0.0.1").Has("other.test", "127.0.0.1");
        using var client = guard.CreateClient(handler => TestCertificate.Trust(handler, certificate));

        Assert.That(await client.GetStringAsync($"https://receiver.test:{receiver.Port}/"), Is.EqualTo("ok"));
        Assert.That(receiver.ServerName, Is.EqualTo("receiver.test"));
        Assert.That(await FailureOfAsync(client, $"https://other.test:{receiver.Port}/"), Is.EqualTo(OutboundFailure.TlsFailed));
    }

    [Test]
    public async Task A_name_that_does_not_resolve_is_a_reason()
    {
        using var guard = new Guard(allowed: Loopback);
        using var client = guard.CreateClient();

        Assert.That(await FailureOfAsync(client, "https://nowhere.test/"), Is.EqualTo(OutboundFailure.NameNotResolved));
    }

    [Test]
    public async Task A_closed_port_is_a_reason()
    {
        using var guard = new Guard(allowed: Loopback);
        using var client = guard.CreateClient();
        var port = server.Port;
        server.Dispose();

        Assert.That(await FailureOfAsync(client, $"http://127.0.0.1:{port}/"), Is.EqualTo(OutboundFailure.ConnectFailed));
    }

    [TestCase("", OutboundFailure.ConnectionClosed)]
    [TestCase("SSH-2.0-OpenSSH_9.2\r\n\r\n", OutboundFailure.InvalidResponse)]
    [TestCase(null, OutboundFailure.Timeout)]
    public async Task What_the_receiver_does_wrong_is_a_reason(string? answer, OutboundFailure expected)
    {
        using var guard = new Guard(allowed: Loopback);
        using var receiver = new LoopbackServer(answer);
        using var client = guard.CreateClient();
        client.Timeout = TimeSpan.FromMilliseconds(500);

        Assert.That(await FailureOfAsync(client, $"http://127.0.0.1:{receiver.Port}/"), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_certificate_that_nobody_trusts_is_a_reason()
    {
        using var guard = new Guard(allowed: Loopback);
        using var certificate = TestCertificate.SelfSigned("receiver.test");
        using var untrusted = new LoopbackServer(LoopbackServer.Ok, certificate);
        using var client = guard.CreateClient();

        Assert.That(await FailureOfAsync(client, $"https://127.0.0.1:{untrusted.Port}/"), Is.EqualTo(OutboundFailure.TlsFailed));
    }

    [Test]
    public async Task An_address_that_a_certificate_names_is_not_asked([Values] bool trusted)
    {
        var address = $"http://127.0.0.1:{server.Port}/issuer.cer";
        using var root = TestCertificate.Authority("root.test");
        using var intermediate = TestCertificate.Authority("intermediate.test", root, address);
        using var certificate = TestCertificate.Issued("receiver.test", intermediate, issuerAt: address);
        using var hostile = new LoopbackServer(LoopbackServer.Ok, certificate);
        using var guard = new Guard(allowHttp: false, allowed: Loopback);
        guard.NameServer.Has("receiver.test", "127.0.0.1");
        using var client = guard.CreateClient(handler =>
        {
            if (trusted)
                TestCertificate.TrustIssuer(handler, root);
        });

        Assert.That(await FailureOfAsync(client, $"https://receiver.test:{hostile.Port}/"), Is.EqualTo(OutboundFailure.TlsFailed));
        Assert.That(server.Connections, Is.Zero);
    }

    [Test]
    public async Task A_certificate_is_good_with_its_intermediates_for_its_name_and_for_servers()
    {
        using var root = TestCertificate.Authority("root.test");
        using var intermediate = TestCertificate.Authority("intermediate.test", root, $"http://127.0.0.1:{server.Port}/");
        using var certificate = TestCertificate.Issued("receiver.test", intermediate, issuerAt: $"http://127.0.0.1:{server.Port}/");
        using var client = TestCertificate.Issued("receiver.test", root, TestCertificate.ClientAuthentication);
        using var good = new LoopbackServer(LoopbackServer.Ok, certificate, intermediate);
        using var ofClients = new LoopbackServer(LoopbackServer.Ok, client);
        using var guard = new Guard(allowHttp: false, allowed: Loopback);
        guard.NameServer.Has("receiver.test", "127.0.0.1").Has("other.test", "127.0.0.1");
        using var http = guard.CreateClient(handler => TestCertificate.TrustIssuer(handler, root));

        Assert.That(await http.GetStringAsync($"https://receiver.test:{good.Port}/"), Is.EqualTo("ok"));
        Assert.That(await FailureOfAsync(http, $"https://other.test:{good.Port}/"), Is.EqualTo(OutboundFailure.TlsFailed));
        Assert.That(await FailureOfAsync(http, $"https://receiver.test:{ofClients.Port}/"), Is.EqualTo(OutboundFailure.TlsFailed));
        Assert.That(server.Connections, Is.Zero, "Nobody asks whether it was revoked.");
    }

    [Test]
    public async Task An_answer_with_heads_beyond_32_KiB_is_a_reason()
    {
        using var guard = new Guard(allowed: Loopback);
        using var client = guard.CreateClient();
        using var within = new LoopbackServer(Answer(30 * 1024));
        using var beyond = new LoopbackServer(Answer(33 * 1024));

        Assert.That(await client.GetStringAsync($"http://127.0.0.1:{within.Port}/"), Is.EqualTo("ok"));
        Assert.That(await FailureOfAsync(client, $"http://127.0.0.1:{beyond.Port}/"), Is.EqualTo(OutboundFailure.ResponseTooLarge));

        static string Answer(int size) => $"HTTP/1.1 200 OK\r\nX: {new string('x', size)}\r\nContent-Length: 2\r\n\r\nok";
    }

    [Test]
    public async Task The_look_ups_of_a_request_count_for_its_partition()
    {
        using var guard = new Guard(allowed: Loopback, resolveTimeout: TimeSpan.FromSeconds(30));
        using var client = guard.CreateClient();
        string[] dead = ["d0.test", "d1.test", "d2.test", "d3.test"];
        foreach (var name in dead)
            guard.NameServer.IsSilent(name);
        guard.NameServer.Has("live.test", "127.0.0.1");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        var stuck = dead.Select(name => SendAsync(client, name, "ws_a", stop.Token)).ToList();
        while (!dead.All(guard.NameServer.QueriedNames.Contains))
            await Task.Delay(5, stop.Token);
        using var response = await SendAsync(client, "live.test", "ws_b", stop.Token);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await stop.CancelAsync();
        foreach (var task in stuck)
            Assert.That(() => task, Throws.InstanceOf<OperationCanceledException>());
    }

    async Task<HttpResponseMessage> SendAsync(HttpClient client, string host, string partition, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{host}:{server.Port}/");
        request.Options.Set(OutboundHttp.Partition, partition);
        return await client.SendAsync(request, cancellationToken);
    }

    async Task AssertRefusedAsync(string host)
    {
        using var guard = new Guard();
        using var client = guard.CreateClient();

        var thrown = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://{host}:{server.Port}/")));

        Assert.That(OutboundFailures.Classify(thrown!), Is.EqualTo(OutboundFailure.ForbiddenTarget));
        Assert.That(guard.Dialled, Is.Empty);
        Assert.That(server.Connections, Is.Zero);
        Assert.That(guard.NameServer.QueriedNames, Is.Empty);
    }

    static async Task<OutboundFailure> FailureOfAsync(HttpClient client, string url)
    {
        var thrown = await Assert.CatchAsync(() => client.GetAsync(new Uri(url)));
        return OutboundFailures.Classify(thrown!);
    }
}
