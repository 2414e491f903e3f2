using System.Net;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Outbound;
using Microsoft.Extensions.Options;
using Moq;

namespace Framelane.Infrastructure.Tests.Outbound;

public sealed class WebhookUrlPolicyTests
{
    Guard guard = null!;

    [SetUp]
    public void SetUp() => guard = new Guard(allowHttp: false);

    [TearDown]
    public void TearDown() => guard.Dispose();

    [TestCaseSource(typeof(ForbiddenHosts), nameof(ForbiddenHosts.Addresses))]
    public async Task A_forbidden_address_is_refused_at_once_in_every_spelling(string host)
    {
        Assert.That(await TypeOf($"https://{host}/hook"), Is.EqualTo("url_forbidden_address"));
        Assert.That(await TypeOf($"https://{host}:8443/hook"), Is.EqualTo("url_forbidden_address"));
        Assert.That(guard.NameServer.QueriedNames, Is.Empty);
    }

    [TestCaseSource(typeof(ForbiddenHosts), nameof(ForbiddenHosts.Ambiguous))]
    public async Task A_host_that_ends_in_a_number_is_never_taken_for_a_name(string host)
    {
        Assert.That(await TypeOf($"https://{host}/hook"), Is.EqualTo("url_invalid").Or.EqualTo("url_forbidden_address"));
        Assert.That(guard.NameServer.QueriedNames, Is.Empty);
    }

    [TestCaseSource(typeof(ForbiddenHosts), nameof(ForbiddenHosts.Malformed))]
    public async Task A_malformed_host_is_refused(string host) =>
        Assert.That(await TypeOf($"https://{host}/hook"), Is.EqualTo("url_invalid"));

    [TestCase("")]
    [TestCase("hook")]
    [TestCase("example.com/hook")]
    [TestCase("//example.com/hook")]
    [TestCase("/etc/passwd")]
    [TestCase("https:example.com")]
    [TestCase("https:/example.com")]
    [TestCase("https:\\\\example.com")]
    [TestCase(" https://example.com")]
    [TestCase("https://example.com ")]
    [TestCase("https://example.com/\n")]
    [TestCase("https://example.com/\ta")]
    [TestCase("https://example.com/a\\b")]
    public async Task What_is_no_url_is_invalid(string url) => Assert.That(await TypeOf(url), Is.EqualTo("url_invalid"));

    [TestCase("http://example.com/hook")]
    [TestCase("HTTP://example.com/hook")]
    [TestCase("ftp://example.com/hook")]
    [TestCase("file:///etc/passwd")]
    [TestCase("gopher://127.0.0.1/")]
    [TestCase("wss://example.com/")]
    public async Task Only_https_is_accepted(string url) => Assert.That(await TypeOf(url), Is.EqualTo("url_scheme"));

    [Test]
    public async Task Http_is_accepted_where_it_is_allowed()
    {
        using var guard = new Guard(allowHttp: true);

        Assert.That(await guard.UrlPolicy.CheckAsync("http://8.8.8.8/hook", "ws", default), Is.Null);
        Assert.That((await guard.UrlPolicy.CheckAsync("ftp://8.8.8.8/hook", "ws", default))!.Type, Is.EqualTo("url_scheme"));
    }

    [TestCase("https://user@8.8.8.8/")]
    [TestCase("https://user:secret@8.8.8.8/")]
    [TestCase("https://@8.8.8.8/")]
    [TestCase("https://:@8.8.8.8/")]
    [TestCase("https://8.8.8.8@127.0.0.1/")]
    [TestCase("https://127.0.0.1:443@example.com?x")]
    public async Task User_names_are_refused(string url) => Assert.That(await TypeOf(url), Is.EqualTo("url_user_info"));

    [TestCase("https://8.8.8.8/a@b")]
    [TestCase("https://8.8.8.8?a@b")]
    [TestCase("https://8.8.8.8#a@b")]
    [TestCase("https://8.8.8.8")]
    [TestCase("https://8.8.8.8.")]
    [TestCase("HTTPS://8.8.8.8:8443/hook?a=b&c=%20")]
    [TestCase("https://134744072/")]
    [TestCase("https://[2606:4700:4700::1111]/")]
    [TestCase("https://[::ffff:8.8.8.8]/")]
    [TestCase("https://172.15.255.255/")]
    [TestCase("https://172.32.0.0/")]
    [TestCase("https://100.128.0.0/")]
    [TestCase("https://168.63.129.17/")]
    public async Task A_public_literal_is_accepted_without_a_look_up(string url)
    {
        Assert.That(await TypeOf(url), Is.Null);
        Assert.That(guard.NameServer.QueriedNames, Is.Empty);
    }

    [Test]
    public async Task The_longest_url_has_2083_characters()
    {
        var longest = "https://8.8.8.8/".PadRight(2083, 'a');

        Assert.That(await TypeOf(longest), Is.Null);
        Assert.That(await TypeOf(longest + "a"), Is.EqualTo("url_too_long"));
    }

    [Test]
    public async Task A_name_with_public_answers_only_is_accepted()
    {
        guard.NameServer.Has("hooks.example.com", "8.8.8.8", "2606:4700:4700::1111");

        Assert.That(await TypeOf("https://hooks.example.com/"), Is.Null);
        Assert.That(guard.NameServer.QueriedNames, Has.Member("hooks.example.com"));
    }

    [TestCase("8.8.8.8", "127.0.0.1")]
    [TestCase("8.8.8.8", "::1")]
    [TestCase("2606:4700:4700::1111", "10.0.0.1")]
    [TestCase("8.8.8.8", "::ffff:127.0.0.1")]
    [TestCase("8.8.8.8", "64:ff9b::7f00:1")]
    [TestCase("8.8.8.8", "1.1.1.1", "9.9.9.9", "169.254.169.254")]
    public async Task A_name_with_any_forbidden_answer_is_refused(params string[] answers)
    {
        guard.NameServer.Has("mixed.example.com", answers);

        Assert.That(await TypeOf("https://mixed.example.com/"), Is.EqualTo("url_forbidden_address"));
    }

    [Test]
    public async Task An_internationalised_name_is_looked_up_in_its_ascii_form()
    {
        guard.NameServer.Has("xn--bcher-kva.example", "127.0.0.1");

        Assert.That(await TypeOf("https://bücher.example/"), Is.EqualTo("url_forbidden_address"));
    }

    [Test]
    public async Task A_name_that_does_not_resolve_is_accepted()
    {
        guard.NameServer.Fails("broken.example.com", 2);

        Assert.That(await TypeOf("https://nowhere.example.com/"), Is.Null);
        Assert.That(await TypeOf("https://broken.example.com/"), Is.Null);
    }

    [Test]
    public async Task A_name_whose_server_is_silent_is_accepted()
    {
        using var guard = new Guard(resolveTimeout: TimeSpan.FromMilliseconds(200));
        guard.NameServer.IsSilent("silent.example.com");

        Assert.That(await guard.UrlPolicy.CheckAsync("https://silent.example.com/", "ws", default), Is.Null);
    }

    [Test]
    public async Task A_name_that_waits_too_long_for_its_turn_is_accepted()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var never = new TaskCompletionSource<IReadOnlyList<IPAddress>>();
        var resolver = new Mock<INameResolver>();
        resolver.Setup(r => r.ResolveAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns((string _, string _, CancellationToken ct) => never.Task.WaitAsync(ct));
        var options = Options.Create(new OutboundOptions());
        var policy = new WebhookUrlPolicy(resolver.Object, new AddressPolicy(options), options, time);

        var check = policy.CheckAsync("https://example.com/", "ws", default).AsTask();
        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.That(check.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.That(await check, Is.Null);
    }

    [Test]
    public void The_callers_cancellation_is_no_verdict()
    {
        guard.NameServer.IsSilent("silent.example.com");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.That(
            async () => await guard.UrlPolicy.CheckAsync("https://silent.example.com/", "ws", stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task The_message_names_no_address()
    {
        guard.NameServer.Has("db.internal.example.com", "10.20.30.40");

        var refusal = await guard.UrlPolicy.CheckAsync("https://db.internal.example.com/", "ws", default);

        Assert.That(refusal!.Message, Does.Not.Contain("10.20").And.Not.Contain("internal"));
    }

    [Test]
    public async Task Allowed_networks_are_accepted_as_literals_and_as_answers()
    {
        using var guard = new Guard(allowed: ["127.0.0.0/8"]);
        guard.NameServer.Has("dev.example.com", "127.0.0.1").Has("other.example.com", "127.0.0.1", "10.0.0.1");

        Assert.That(await TypeOf("https://127.0.0.1/", guard), Is.Null);
        Assert.That(await TypeOf("https://[::ffff:127.0.0.1]/", guard), Is.Null);
        Assert.That(await TypeOf("https://dev.example.com/", guard), Is.Null);
        Assert.That(await TypeOf("https://[::1]/", guard), Is.EqualTo("url_forbidden_address"));
        Assert.That(await TypeOf("https://other.example.com/", guard), Is.EqualTo("url_forbidden_address"));
    }

    [Test]
    public async Task Without_a_partition_the_check_is_the_same()
    {
        IWebhookUrlPolicy policy = guard.UrlPolicy;

        Assert.That((await policy.CheckAsync("https://127.0.0.1/", default))!.Type, Is.EqualTo("url_forbidden_address"));
        Assert.That(await policy.CheckAsync("https://8.8.8.8/", default), Is.Null);
    }

    [TestCase("https://127.0.0.1/", "url_forbidden_address")]
    [TestCase("https://localhost./", "url_forbidden_address")]
    [TestCase("https://a.localhost/", "url_forbidden_address")]
    [TestCase("https://[fe80::1%25eth0]/", "url_forbidden_address")]
    [TestCase("http://8.8.8.8/", "url_scheme")]
    [TestCase("https://8.8.8.8/", null)]
    [TestCase("https://inner.example.com/", null)]
    public void What_a_url_says_itself_is_judged_without_a_look_up(string url, string? type)
    {
        guard.NameServer.Has("inner.example.com", "10.0.0.1");

        Assert.That(guard.UrlPolicy.CheckAsWritten(url)?.Type, Is.EqualTo(type));
        Assert.That(guard.NameServer.QueriedNames, Is.Empty);
    }

    Task<string?> TypeOf(string url) => TypeOf(url, guard);

    static async Task<string?> TypeOf(string url, Guard guard) => (await guard.UrlPolicy.CheckAsync(url, "ws_test", default))?.Type;
}
