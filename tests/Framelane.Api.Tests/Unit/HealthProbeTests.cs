using Framelane.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Framelane.Api.Tests.Unit;

public sealed class HealthProbeTests
{
    [TestCase("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [TestCase("http://+:81", "http://127.0.0.1:81/")]
    [TestCase("http://*:81/", "http://127.0.0.1:81/")]
    [TestCase("http://0.0.0.0:81", "http://127.0.0.1:81/")]
    [TestCase("http://[::]:81", "http://127.0.0.1:81/")]
    [TestCase("http://[::1]:81", "http://[::1]:81/")]
    [TestCase("https://*:443;http://localhost:82", "http://localhost:82/")]
    [TestCase("https://*:443", null)]
    [TestCase("http://unix:/tmp/framelane.sock", null)]
    public void The_first_http_address_is_asked(string urls, string? expected) =>
        Assert.That(HealthProbe.AddressOf(Settings(("urls", urls)))?.ToString(), Is.EqualTo(expected));

    [TestCase("", "8080;8081", "http://127.0.0.1:8080/")]
    [TestCase("http://*:90", "8080", "http://127.0.0.1:90/")]
    [TestCase("", "", null)]
    public void Ports_count_where_no_address_is_given(string urls, string ports, string? expected) =>
        Assert.That(HealthProbe.AddressOf(Settings(("urls", urls), ("http_ports", ports)))?.ToString(), Is.EqualTo(expected));

    [TestCase(200, 0)]
    [TestCase(503, 1)]
    [TestCase(404, 1)]
    public async Task The_exit_code_says_whether_the_server_is_ready(int status, int expected)
    {
        await using var server = await ServeAsync(status);
        using var said = new StringWriter();
        Assert.Multiple(async () =>
        {
            Assert.That(await HealthProbe.AskAsync(Settings(("urls", server.Urls.Single())), said), Is.EqualTo(expected));
            Assert.That(said.ToString().Trim(), Is.EqualTo("/ready"));
        });
    }

    [Test]
    public async Task A_server_that_does_not_answer_is_not_ready()
    {
        string url;
        await using (var server = await ServeAsync(200))
            url = server.Urls.Single();
        using var said = new StringWriter();
        Assert.That(await HealthProbe.AskAsync(Settings(("urls", url)), said), Is.EqualTo(1));
    }

    static async Task<WebApplication> ServeAsync(int status)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(context.Request.Path);
        });
        await server.StartAsync();
        return server;
    }

    static IConfiguration Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
        .Build();
}
