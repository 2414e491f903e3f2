using System.Security.Cryptography;
using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>The client's uploads, against the API.</summary>
public sealed class ClientUploadTests : SharedHostTests
{
    /// <summary>More than one part of the client's.</summary>
    static readonly byte[] Content = RandomNumberGenerator.GetBytes((16 << 20) + 12_345);

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_file_arrives_whole_also_where_answers_are_lost(bool loses)
    {
        using var network = new Network { LosesEverySecondPut = loses };
        using var client = FramelaneClient.Create(Host.Url, Tenant.Key, network);

        var source = await client.UploadAsync(new MemoryStream(Content), "video/mp4", "clip.mp4");

        var upload = new Uploading(Host.Nobody, source, source.AbsoluteUri, "video/mp4");
        Assert.That(await upload.StoredAsync(Host), Is.EqualTo(Uploading.DigestOf(Content)));
        Assert.That(network.Lost, loses ? Is.GreaterThan(0) : Is.Zero);
    }

    [Test]
    public void What_the_API_refuses_is_thrown() => Assert.That(
        async () => await Tenant.Client.UploadAsync(new MemoryStream(Content), "video/unheard-of"),
        Throws.InstanceOf<FramelaneApiException>().With.Property("Code").EqualTo("unsupported_content_type"));

    [Test]
    public void An_empty_file_is_none() =>
        Assert.That(async () => await Tenant.Client.UploadAsync(new MemoryStream(), "video/mp4"), Throws.ArgumentException);

    [Test]
    public void What_is_not_there_to_download_is_thrown() => Assert.That(
        async () => await Tenant.Client.DownloadRenderAsync("render_0", Stream.Null),
        Throws.InstanceOf<FramelaneApiException>().With.Property("Code").EqualTo("not_found"));

    /// <summary>Answers that never come back, though the API has taken what it was sent.</summary>
    sealed class Network() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        int puts;

        public bool LosesEverySecondPut { get; init; }

        public int Lost { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (!LosesEverySecondPut || request.Method != HttpMethod.Put || ++puts % 2 == 0)
                return answer;
            Lost++;
            answer.Dispose();
            throw new HttpRequestException("Lost.");
        }
    }
}
