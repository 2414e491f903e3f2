using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Framelane.Api.Tests.Http.Conventions;

public sealed class BodyLimitTests
{
    const int Limit = 4096;

    static ApiHost host = null!;

    [OneTimeSetUp]
    public static async Task StartAsync() => host = await ApiHost.StartAsync(
        ("Framelane:Limits:BodyBytes", $"{Limit}"), ("Framelane:Limits:WebhooksPerWorkspace", "2"));

    [OneTimeTearDown]
    public static Task StopAsync() => host.DisposeAsync().AsTask();

    [TestCase(Limit, false, 200)]
    [TestCase(Limit, true, 200)]
    [TestCase(Limit + 1, false, 413)]
    [TestCase(Limit + 1, true, 413)]
    [TestCase(3 * Limit, true, 413)]
    public async Task A_body_is_at_most_so_long_whether_or_not_it_says_so_beforehand(int length, bool chunked, int status)
    {
        const string Body = """{"name": "Renamed"}""";
        var bytes = Encoding.UTF8.GetBytes(Body.PadRight(length));

        var answer = await host.First.Raw.SendContentAsync("PATCH", "/v1/workspace", chunked ? new Chunked(bytes) : Caller.Json(bytes));

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Code, Is.EqualTo(status == 413 ? "payload_too_large" : null));
    }

    [TestCase("/v1/webhooks")]
    [TestCase("/v1/api-keys")]
    [TestCase("/v1/webhooks/wh_x/rotate-secret")]
    [TestCase("/v1/webhooks/wh_x/recover")]
    public async Task It_holds_for_every_route_that_takes_a_body(string path)
    {
        foreach (var content in new HttpContent[] { Caller.Json(new byte[Limit + 1]), new Chunked(new byte[Limit + 1]) })
            Assert.That((await host.First.Raw.SendContentAsync("POST", path, content)).Code, Is.EqualTo("payload_too_large"));
    }

    [Test]
    public async Task A_workspace_has_so_many_webhooks_and_no_more()
    {
        var answers = new List<Answer>();
        for (var i = 0; i < 3; i++)
            answers.Add(await host.First.Raw.PostAsync("/v1/webhooks", """{"url": "http://127.0.0.1:9/"}"""));

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 201, 201, 409 }));
        Assert.That(answers[2].Code, Is.EqualTo("conflict"));
        Assert.That((await host.First.Client.ListWebhooksAsync()).Data, Has.Count.EqualTo(2));
    }

    /// <summary>A body that does not say how long it is.</summary>
    sealed class Chunked : HttpContent
    {
        readonly byte[] bytes;

        public Chunked(byte[] bytes)
        {
            this.bytes = bytes;
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var part in bytes.Chunk(500))
            {
                await stream.WriteAsync(part);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
