using System.Net;
using System.Net.Sockets;
using Framelane.Infrastructure.Outbound;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Framelane.Infrastructure.Tests.Outbound;

public sealed class GuardedConnectorTests
{
    Guard guard = null!;

    [SetUp]
    public void SetUp() => guard = new Guard();

    [TearDown]
    public void TearDown() => guard.Dispose();

    [Test]
    public async Task Only_a_judged_address_is_dialled()
    {
        guard.NameServer.Has("public.test", "8.8.8.8");

        await using var stream = await guard.ConnectAsync("public.test", 8443);

        Assert.That(guard.Dialled, Is.EqualTo([new IPEndPoint(IPAddress.Parse("8.8.8.8"), 8443)]));
    }

    [Test]
    public async Task A_name_is_resolved_once_so_that_rebinding_gains_nothing()
    {
        guard.NameServer.InTurn("rebind.test", ["8.8.8.8"], ["127.0.0.1"]);

        await using var stream = await guard.ConnectAsync("rebind.test");
        Assert.That(guard.NameServer.CountOfA("rebind.test"), Is.EqualTo(1));
        Assert.That(guard.Dialled.Select(e => e.Address), Is.EqualTo([IPAddress.Parse("8.8.8.8")]));

        Assert.That(async () => await guard.ConnectAsync("rebind.test"), Throws.TypeOf<ForbiddenTargetException>());
        Assert.That(guard.Dialled, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_name_accepted_when_saved_is_judged_again_when_dialled()
    {
        guard.NameServer.InTurn("rebind.test", ["8.8.8.8"], ["127.0.0.1"]);

        Assert.That(await guard.UrlPolicy.CheckAsync("https://rebind.test/", "ws", default), Is.Null);
        Assert.That(async () => await guard.ConnectAsync("rebind.test"), Throws.TypeOf<ForbiddenTargetException>());
        Assert.That(guard.Dialled, Is.Empty);
    }

    [TestCase("8.8.8.8", "127.0.0.1")]
    [TestCase("127.0.0.1", "8.8.8.8")]
    [TestCase("8.8.8.8", "::1")]
    [TestCase("2606:4700:4700::1111", "10.0.0.1")]
    [TestCase("2606:4700:4700::1111", "::ffff:10.0.0.1")]
    [TestCase("8.8.8.8", "2002:7f00:1::")]
    public void One_forbidden_answer_refuses_the_name(params string[] answers)
    {
        guard.NameServer.Has("mixed.test", answers);

        Assert.That(async () => await guard.ConnectAsync("mixed.test"), Throws.TypeOf<ForbiddenTargetException>());
        Assert.That(guard.Dialled, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void An_alias_of_a_private_name_is_refused(bool isComplete)
    {
        guard.NameServer.Alias("alias.test", "db.internal", isComplete).Has("db.internal", "10.0.0.5");

        Assert.That(async () => await guard.ConnectAsync("alias.test"), Throws.TypeOf<ForbiddenTargetException>());
        Assert.That(guard.Dialled, Is.Empty);
    }

    [Test]
    public void A_name_that_does_not_resolve_is_told_apart()
    {
        Assert.That(async () => await guard.ConnectAsync("nowhere.test"), Throws.TypeOf<NameResolutionException>());
        Assert.That(guard.Dialled, Is.Empty);
    }

    [Test]
    public async Task A_mapped_literal_is_dialled_as_the_address_that_was_judged()
    {
        await using var stream = await guard.ConnectAsync("::ffff:8.8.8.8");

        Assert.That(guard.Dialled.Single().Address, Is.EqualTo(IPAddress.Parse("8.8.8.8")));
    }

    [Test]
    public async Task A_refusal_tells_nothing_of_the_address()
    {
        guard.NameServer.Has("db.test", "10.20.30.40");

        var thrown = await Assert.ThrowsAsync<ForbiddenTargetException>(async () => await guard.ConnectAsync("db.test"));

        Assert.That(thrown!.ToString(), Does.Not.Contain("10.20.30.40").And.Not.Contain("db.test"));
        Assert.That(thrown.InnerException, Is.Null);
    }

    [Test]
    public void No_answer_at_all_is_no_permission()
    {
        var resolver = new Mock<INameResolver>();
        resolver.Setup(r => r.ResolveAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync([]);
        var options = Options.Create(new OutboundOptions());
        var connector = new GuardedConnector(resolver.Object, new AddressPolicy(options), options, TimeProvider.System);

        Assert.That(
            async () => await connector.ConnectAsync(new DnsEndPoint("empty.test", 443), "ws", default),
            Throws.TypeOf<NameResolutionException>());
    }

    [Test]
    public async Task Dialling_ends_after_five_seconds()
    {
        var time = new FakeTimeProvider();
        var connector = Connector(time, async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return Stream.Null;
        });

        var connecting = connector.ConnectAsync(new DnsEndPoint("8.8.8.8", 443), "ws", default).AsTask();
        time.Advance(TimeSpan.FromSeconds(4.9));
        await Task.Yield();
        Assert.That(connecting.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.That(() => connecting, Throws.TypeOf<TimeoutException>());
    }

    [Test]
    public void The_callers_cancellation_is_not_a_timeout()
    {
        using var stop = new CancellationTokenSource();
        var connector = Connector(TimeProvider.System, async (_, ct) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, ct);
            return Stream.Null;
        });

        Assert.That(
            async () => await connector.ConnectAsync(new DnsEndPoint("8.8.8.8", 443), "ws", stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task The_socket_sends_without_delay()
    {
        using var receiver = new LoopbackServer();
        var options = Options.Create(new OutboundOptions { AllowedNetworks = { "127.0.0.0/8" } });
        var connector = new GuardedConnector(Mock.Of<INameResolver>(), new AddressPolicy(options), options, TimeProvider.System);

        await using var stream = await connector.ConnectAsync(new DnsEndPoint("127.0.0.1", receiver.Port), "ws", default);

        Assert.That(((NetworkStream)stream).Socket.NoDelay, Is.True);
    }

    static GuardedConnector Connector(TimeProvider time, Dial dial)
    {
        var options = Options.Create(new OutboundOptions());
        return new GuardedConnector(Mock.Of<INameResolver>(), new AddressPolicy(options), options, time, dial);
    }
}
