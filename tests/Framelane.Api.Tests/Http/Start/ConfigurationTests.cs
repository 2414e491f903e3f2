using Framelane.Api.Conventions.Headers;
using Framelane.Api.Hosting;
using Framelane.Application;
using Framelane.Application.Common;
using Framelane.Infrastructure;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Outbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Tests.Http.Start;

/// <summary>A wrong setting stops the start with a sentence that names it.</summary>
public sealed class ConfigurationTests
{
    [TestCase("Framelane:DataPath", " ")]
    [TestCase("Framelane:DefaultPlan", "gold")]
    [TestCase("Framelane:Plans:free:RequestsPerMinute", "0")]
    [TestCase("Framelane:Plans:free:RenderMinutes", "-1")]
    [TestCase("Framelane:Plans:free:MaxHeight", "4000")]
    [TestCase("Framelane:Plans:pro:ConcurrentRenders", "0")]
    [TestCase("Framelane:Plans:free:StorageBytes", "-1")]
    [TestCase("Framelane:Plans:enterprise:HardCap", "true")]
    [TestCase("Framelane:DefaultPlan", "7")]
    [TestCase("Framelane:Roles", "api,cook")]
    [TestCase("Framelane:Roles:0", "cook", "Framelane:Roles")]
    [TestCase("Framelane:Roles:0", " ", "Framelane:Roles")]
    [TestCase("Framelane:Proxies:Known:0", "everyone")]
    [TestCase("Framelane:Proxies:Known:0", "10.0.0.1")]
    [TestCase("Framelane:Proxies:Known", "10.0.0.0/8,10.0.0.1", "Framelane:Proxies:Known:1")]
    [TestCase("Framelane:Cors:Origins:0", "console.example.com")]
    [TestCase("Framelane:Cors:Origins:0", "https://console.example.com/")]
    [TestCase("Framelane:Cors:Origins:0", "https://console.example.com/app")]
    [TestCase("Framelane:Cors:Origins:0", "https://console.example.com?")]
    [TestCase("Framelane:Cors:Origins:0", "https://console.example.com:443")]
    [TestCase("Framelane:Cors:Origins:0", "https://user:hunter2@console.example.com")]
    [TestCase("Framelane:Cors:Origins:0", "ftp://console.example.com")]
    [TestCase("Framelane:Cors:Origins:0", " ")]
    [TestCase("Framelane:Cors:Origins:0", "*")]
    [TestCase("Framelane:Cors:Origins", "https://console.example.com, https://*.example.com", "Framelane:Cors:Origins:1")]
    [TestCase("Framelane:Outbound:AllowedNetworks", "10.0.0.0/8, loopback", "Framelane:Outbound:AllowedNetworks:1")]
    [TestCase("Framelane:Webhooks:RetrySchedule:0", "5s", "Framelane:Webhooks:RetrySchedule")]
    [TestCase("Framelane:Webhooks:RetrySchedule", "00:00:05, 5s")]
    [TestCase("Framelane:Database:Provider", "oracle")]
    [TestCase("Framelane:Database:Provider", "sqlserver", "Framelane:Database:ConnectionString")]
    [TestCase("Framelane:Secrets:MasterKeyFile", " ")]
    [TestCase("Framelane:Database:ConnectionString", "nonsense=hunter2")]
    [TestCase("Framelane:Database:ConnectionString", "Data Source=:memory:")]
    [TestCase("Framelane:Outbound:AllowedNetworks:0", "loopback")]
    [TestCase("Framelane:Outbound:AllowedNetworks:0", "10.0.0.1/8")]
    [TestCase("Framelane:Outbound:AllowHttp", "perhaps")]
    [TestCase("Framelane:Webhooks:Timeout", "00:00:00")]
    [TestCase("Framelane:Webhooks:Timeout", "soon")]
    [TestCase("Framelane:Webhooks:RetrySchedule:0", "-00:00:01")]
    [TestCase("Framelane:Webhooks:RetrySchedule:0", "00:00:05")]
    [TestCase("Framelane:Webhooks:RetrySchedule", "00:00:05,00:01:00", "Framelane:Webhooks:RetrySchedule:0")]
    [TestCase("Framelane:Webhooks:PermitLifetime", "00:01:00")]
    [TestCase("Framelane:Webhooks:MaxConcurrency", "0")]
    [TestCase("Framelane:Webhooks:MaxConcurrencyPerEndpoint", "-1")]
    [TestCase("Framelane:Webhooks:DisableAfter", "00:00:00")]
    [TestCase("Framelane:Webhooks:AttemptRetention", "00:00:01")]
    [TestCase("Framelane:Metrics:Url", "9464")]
    [TestCase("Framelane:Metrics:Url", " ")]
    [TestCase("Framelane:Metrics:Url", "https://127.0.0.1:9464")]
    [TestCase("Framelane:Metrics:Url", "http://127.0.0.1:9464/metrics")]
    [TestCase("Framelane:Metrics:Url", "http://metrics.example:9464")]
    [TestCase("Framelane:Metrics:Url", "http://127.0.0.1:many")]
    [TestCase("Framelane:Oidc:Issuer", "id.example.com")]
    [TestCase("Framelane:Oidc:Issuer", "http://id.example.com")]
    [TestCase("Framelane:Oidc:Issuer", "https://id.example.com?tenant=1")]
    [TestCase("Framelane:Oidc:Issuer", "https://user:hunter2@id.example.com")]
    [TestCase("Framelane:Oidc:Issuer", "https://id.example.com", "Framelane:Oidc:Audience")]
    [TestCase("Framelane:Oidc:Audience", "console", "Framelane:Oidc:Issuer")]
    [TestCase("Framelane:Oidc:AuthorizedParties:0", "https://console.example.com", "Framelane:Oidc:Issuer")]
    [TestCase("Framelane:Oidc:AuthorizedParties:0", " ", "Framelane:Oidc:AuthorizedParties")]
    [TestCase("Framelane:Smtp:From", "nobody at all")]
    [TestCase("Framelane:Smtp:Host", " ")]
    [TestCase("Framelane:Stripe:ApiKey", "sk_hunter2")]
    [TestCase("Framelane:Stripe:ApiKey", "sk_hunter2", "Framelane:Stripe:Prices")]
    [TestCase("Framelane:Stripe:ApiKey", "sk hunter2")]
    [TestCase("Framelane:Stripe:ApiKey", "")]
    [TestCase("Framelane:Stripe:SigningSecret", "whsec_hunter2")]
    [TestCase("Framelane:Stripe:Prices:pro", "price_1", "Framelane:Stripe:Prices")]
    [TestCase("Framelane:Stripe:Prices:pro", "")]
    [TestCase("Framelane:Stripe:Prices:pro", "price_1,price 2")]
    [TestCase("Framelane:Stripe:Prices:pro:0", " ", "Framelane:Stripe:Prices:pro")]
    [TestCase("Framelane:Stripe:Prices:free", "price_1")]
    [TestCase("Framelane:Stripe:Prices:1", "price_1")]
    [TestCase("Framelane:Stripe:Meter:EventName", "render minutes", "Framelane:Stripe:Meter:Price")]
    [TestCase("Framelane:Stripe:Meter:Price", "price_1", "Framelane:Stripe:Meter:Price")]
    [TestCase("Framelane:Stripe:ApiBase", "api.stripe.com")]
    [TestCase("Framelane:Stripe:ReturnUrl", "https://console.example/?a=b")]
    [TestCase("Framelane:Bootstrap:ApiKey", "hunter2")]
    [TestCase("Framelane:Bootstrap:ApiKey", "fl_live_hunter2 is not such a good key, all in all")]
    [TestCase("Framelane:Plans:free:RequestsPerMinute", "0")]
    [TestCase("Framelane:Plans:pro:RequestsPerMinute", "-5")]
    [TestCase("Framelane:Plans:enterprise:RequestsPerMinute", "many")]
    [TestCase("Framelane:Signup:Enabled", "closed")]
    [TestCase("Framelane:RateLimits:Enabled", "on")]
    [TestCase("Framelane:RateLimits:UnauthenticatedRequestsPerMinute", "0")]
    [TestCase("Framelane:RateLimits:UploadPartsPerMinute", "0")]
    [TestCase("Framelane:Limits:BodyBytes", "10")]
    [TestCase("Framelane:Limits:BodyBytes", "2 MiB")]
    [TestCase("Framelane:Limits:Elements", "0")]
    [TestCase("Framelane:Limits:Transitions", "-1")]
    [TestCase("Framelane:Limits:MetadataEntries", "-1")]
    [TestCase("Framelane:Limits:TextLength", "0")]
    [TestCase("Framelane:Limits:WebhooksPerWorkspace", "0")]
    public void A_wrong_setting_is_told_by_its_key(string key, string value, string? named = null)
    {
        var faults = FaultsOf($"--{key}={value}");

        Assert.That(faults, Has.Some.Contains(named ?? key).IgnoreCase);
        Assert.That(faults, Has.None.Contains("hunter2"), "What may be a secret is not repeated.");
    }

    [TestCase("https://id.example.com/")]
    [TestCase("http://127.0.0.1:3000")]
    [TestCase("http://localhost:3000/realms/framelane")]
    [TestCase("http://[::1]:3000")]
    public void A_provider_is_right_over_https_and_on_this_machine(string issuer) =>
        Assert.That(FaultsOf($"--Framelane:Oidc:Issuer={issuer}", "--Framelane:Oidc:Audience=console"), Is.Empty);

    [TestCase("https://console.example.com")]
    [TestCase("HTTPS://Console.example.com:8443")]
    [TestCase("https://bücher.example")]
    [TestCase("http://localhost:3000")]
    [TestCase("http://[::1]:3000")]
    public void An_origin_is_a_scheme_a_host_and_perhaps_a_port(string origin) => Assert.That(FaultsOf($"--Framelane:Cors:Origins={origin}"), Is.Empty);

    [Test]
    public void Pages_of_anywhere_are_refused_with_what_to_write_instead() => Assert.That(
        FaultsOf("--Framelane:Cors:Origins=*"),
        Is.EqualTo(new[] { "Framelane:Cors:Origins:0 has a *: name each origin whose pages may call the API, as in 'https://console.example.com'." }));

    [Test]
    public void The_defaults_are_right() => Assert.That(FaultsOf(), Is.Empty);

    [Test]
    public void Billing_takes_a_key_a_secret_and_prices_of_their_own() => Assert.Multiple(() =>
    {
        Assert.That(FaultsOf("--Framelane:Stripe:ApiKey=sk_1", "--Framelane:Stripe:SigningSecret=whsec_1", "--Framelane:Stripe:Prices:Pro=price_1", "--Framelane:Stripe:Prices:enterprise=price_2"), Is.Empty);
        Assert.That(
            FaultsOf("--Framelane:Stripe:ApiKey=sk_1", "--Framelane:Stripe:SigningSecret=whsec_1", "--Framelane:Stripe:Prices:pro=price_1", "--Framelane:Stripe:Prices:enterprise=price_1"),
            Is.EqualTo(new[] { "Framelane:Stripe:Prices has a price twice." }));
        Assert.That(FaultsOf("--Framelane:Stripe:ApiKey=sk_1", "--Framelane:Stripe:SigningSecret=whsec_1", "--Framelane:Stripe:Prices:pro=price_1, price_2"), Is.Empty);
        Assert.That(
            FaultsOf("--Framelane:Stripe:ApiKey=sk_1", "--Framelane:Stripe:SigningSecret=whsec_1", "--Framelane:Stripe:Prices:pro:0=price_1", "--Framelane:Stripe:Prices:pro:1=price_1"),
            Is.EqualTo(new[] { "Framelane:Stripe:Prices has a price twice." }));
    });

    [Test]
    public void A_meter_has_a_name_and_a_price_of_its_own_and_needs_billing() => Assert.Multiple(() =>
    {
        string[] billing = ["--Framelane:Stripe:ApiKey=sk_1", "--Framelane:Stripe:SigningSecret=whsec_1", "--Framelane:Stripe:Prices:pro=price_1"];
        const string Name = "--Framelane:Stripe:Meter:EventName=render_minutes", Price = "--Framelane:Stripe:Meter:Price=price_2";
        Assert.That(FaultsOf([.. billing, Name, Price]), Is.Empty);
        Assert.That(FaultsOf([.. billing, Name]), Is.EqualTo(new[] { "Framelane:Stripe:Meter:Price and Framelane:Stripe:Meter:EventName are given together." }));
        Assert.That(FaultsOf([.. billing, Name, "--Framelane:Stripe:Meter:Price=price_1"]), Is.EqualTo(new[] { "Framelane:Stripe:Meter:Price is a plan's." }));
        Assert.That(FaultsOf(Name, Price), Is.EqualTo(new[] { "Framelane:Stripe:Meter:EventName needs Framelane:Stripe:ApiKey." }));
    });

    [Test]
    public void All_that_is_wrong_is_told_at_once() =>
        Assert.That(FaultsOf("--Framelane:Limits:Elements=0", "--Framelane:Webhooks:MaxConcurrency=0", "--Framelane:Roles=cook"), Has.Count.EqualTo(3));

    [Test]
    public async Task The_program_ends_with_the_sentences_and_nothing_else()
    {
        using var data = new DataFolder();
        await using var process = ApiProcess.Start(
            ("Framelane:DataPath", data.Path), ("Framelane:Limits:BodyBytes", "10"), ("Framelane:Roles", "cook"));
        Assert.That(process.UrlAsync, Throws.InstanceOf<InvalidOperationException>());

        Assert.Multiple(() =>
        {
            Assert.That(process.ExitCodeAsync, Is.EqualTo(1));
            Assert.That(process.Output.Split('\n'), Has.Length.EqualTo(2).And.All.StartsWith("Configuration: Framelane:"));
            Assert.That(data.Files, Is.Empty);
        });
    }

    [Test]
    public void A_list_is_read_from_one_value_too()
    {
        using var services = ServicesOf(
            "--Framelane:Proxies:Known=10.0.0.0/8, 192.168.0.0/16", "--Framelane:Outbound:AllowedNetworks=10.0.0.0/8", "--Framelane:Oidc:Issuer=https://id.example.com", "--Framelane:Oidc:AuthorizedParties=one,two",
            "--Framelane:Media:FontPaths=/fonts,/more", "--Framelane:Cors:Origins=http://a,http://b", "--Framelane:Webhooks:RetrySchedule=00:00:00,00:01:00").BuildServiceProvider();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of<ProxyOptions>().Known, Is.EqualTo(new[] { "10.0.0.0/8", "192.168.0.0/16" }));
            Assert.That(Of<CrossOriginOptions>().Origins, Is.EqualTo(new[] { "http://a", "http://b" }));
            Assert.That(Of<OutboundOptions>().AllowedNetworks, Is.EqualTo(new[] { "10.0.0.0/8" }));
            Assert.That(Of<OidcOptions>().AuthorizedParties, Is.EqualTo(new[] { "one", "two" }));
            Assert.That(Of<MediaOptions>().FontPaths, Is.EqualTo(new[] { "/fonts", "/more" }));
            Assert.That(Of<WebhooksOptions>().RetrySchedule, Is.EqualTo(new[] { TimeSpan.Zero, TimeSpan.FromMinutes(1) }));
        }

        T Of<T>()
            where T : class => services.GetRequiredService<IOptions<T>>().Value;
    }

    [TestCase("worker", "--Framelane:Roles=worker")]
    [TestCase("worker", "--Framelane:Roles:0=worker")]
    [TestCase("dispatcher,worker", "--Framelane:Roles:0=worker", "--Framelane:Roles:1=dispatcher")]
    [TestCase("api,dispatcher,worker")]
    public void A_process_does_what_its_roles_name_however_they_are_written(string roles, params string[] arguments)
    {
        using var services = ServicesOf(arguments).BuildServiceProvider();
        Assert.That(services.GetRequiredService<ProcessRoles>().ToString(), Is.EqualTo(roles));
        Assert.That(FaultsOf(arguments), Is.Empty);
    }

    static IReadOnlyList<string> FaultsOf(params string[] arguments) => ServicesOf(arguments).FindConfigurationFaults();

    static IServiceCollection ServicesOf(params string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.AddServer();
        builder.Services.AddApplication();
        builder.Services.AddInfrastructure(builder.Configuration);
        builder.Services.AddApi(builder.Configuration);
        return builder.Services;
    }
}
