using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Outbound;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Outbound;

public sealed class OutboundServicesTests
{
    [Test]
    public void Without_configuration_nothing_is_allowed_besides_public_https()
    {
        using var services = Build();

        var options = services.GetRequiredService<IOptions<OutboundOptions>>().Value;

        Assert.That(options.AllowHttp, Is.False);
        Assert.That(options.AllowedNetworks, Is.Empty);
    }

    [Test]
    public async Task Configuration_reaches_the_guard()
    {
        using var services = Build(
            ("Framelane:Outbound:AllowHttp", "true"), ("Framelane:Outbound:AllowedNetworks:0", "127.0.0.0/8"));
        var policy = services.GetRequiredService<IWebhookUrlPolicy>();

        Assert.That(await policy.CheckAsync("http://127.0.0.1:9000/", default), Is.Null);
        Assert.That((await policy.CheckAsync("http://10.0.0.1/", default))!.Type, Is.EqualTo("url_forbidden_address"));
        Assert.That(services.GetRequiredService<GuardedConnector>(), Is.Not.Null);
        Assert.That(services.GetRequiredService<INameResolver>(), Is.InstanceOf<DnsNameResolver>());
    }

    [Test]
    public void One_value_with_commas_is_a_list()
    {
        using var services = Build(("Framelane:Outbound:AllowedNetworks", "10.0.0.0/8, fd00::/8"));

        Assert.That(
            services.GetRequiredService<IOptions<OutboundOptions>>().Value.AllowedNetworks, Is.EqualTo(["10.0.0.0/8", "fd00::/8"]));
    }

    [TestCase("10.0.0.0")]
    [TestCase("10.0.0.1/8")]
    [TestCase("10/8")]
    [TestCase("010.0.0.0/8")]
    [TestCase("10.0.0.0/33")]
    [TestCase("10.0.0.0/")]
    [TestCase("0xa000000/8")]
    [TestCase(" 10.0.0.0/8")]
    [TestCase("fe80::%1/10")]
    [TestCase("fe80::1/10")]
    [TestCase("localhost")]
    [TestCase("")]
    public void A_wrong_network_stops_the_start_and_names_its_key(string network)
    {
        using var services = Build(
            ("Framelane:Outbound:AllowedNetworks:0", "10.0.0.0/8"), ("Framelane:Outbound:AllowedNetworks:1", network));

        Assert.That(
            () => services.GetRequiredService<IStartupValidator>().Validate(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Framelane:Outbound:AllowedNetworks:1:"));
    }

    [Test]
    public void A_wrong_switch_names_its_key()
    {
        using var services = Build(("Framelane:Outbound:AllowHttp", "maybe"));

        Assert.That(
            () => services.GetRequiredService<IStartupValidator>().Validate(),
            Throws.Exception.With.Message.Contains("Framelane:Outbound:AllowHttp"));
    }

    static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();

        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddOutbound().BuildServiceProvider();
    }
}
