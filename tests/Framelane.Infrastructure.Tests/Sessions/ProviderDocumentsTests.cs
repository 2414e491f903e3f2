using System.Diagnostics;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Sessions;
using Framelane.Infrastructure.Tests.Outbound;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Sessions;

public sealed class ProviderDocumentsTests
{
    const string Http = "http://127.0.0.1:1";
    const string Https = "https://id.example.com";

    [Test]
    public async Task A_document_is_fetched()
    {
        using var server = new LoopbackServer();
        Assert.That(await GetAsync($"http://127.0.0.1:{server.Port}/keys"), Is.EqualTo("ok"));
    }

    [Test]
    public void A_redirect_is_not_followed()
    {
        using var elsewhere = new LoopbackServer();
        using var server = new LoopbackServer($"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{elsewhere.Port}/\r\nContent-Length: 0\r\n\r\n");
        Assert.That(() => GetAsync($"http://127.0.0.1:{server.Port}/"), Throws.InstanceOf<HttpRequestException>());
        Assert.That(elsewhere.Connections, Is.Zero);
    }

    [TestCase("Content-Length: 300000\r\n")]
    [TestCase("Connection: close\r\n")]
    public void What_is_too_large_is_given_up(string header)
    {
        using var server = new LoopbackServer($"HTTP/1.1 200 OK\r\n{header}\r\n{new string('x', 300_000)}");
        Assert.That(() => GetAsync($"http://127.0.0.1:{server.Port}/"), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public void What_never_ends_is_given_up()
    {
        using var server = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx");
        var watch = Stopwatch.StartNew();
        Assert.That(() => GetAsync($"http://127.0.0.1:{server.Port}/"), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(watch.Elapsed, Is.LessThan(ProviderDocuments.Patience * 2));
    }

    [TestCase(Https, "http://127.0.0.1:{port}/keys", Description = "A provider out there has no business in here.")]
    [TestCase(Https, "http://localhost:{port}/keys")]
    [TestCase(Http, "http://127.0.0.1.example.com:{port}/keys")]
    [TestCase(Http, "file:///etc/hostname")]
    [TestCase(Http, "/keys")]
    public void An_address_that_is_neither_https_nor_here_is_not_asked(string issuer, string address)
    {
        using var server = new LoopbackServer();
        Assert.That(
            () => GetAsync(address.Replace("{port}", $"{server.Port}", StringComparison.Ordinal), issuer),
            Throws.InstanceOf<HttpRequestException>().With.Message.Contains("not https"));
        Assert.That(server.Connections, Is.Zero);
    }

    static async Task<string> GetAsync(string address, string issuer = Http)
    {
        using var documents = new ProviderDocuments(Options.Create(new OidcOptions { Issuer = issuer }));
        return await documents.GetDocumentAsync(address, CancellationToken.None);
    }
}
