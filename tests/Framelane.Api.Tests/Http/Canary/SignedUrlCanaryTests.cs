using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Framelane.Api.Tests.Http.Canary;

/// <summary>Who has a signed URL needs no key. Logs that tell of every request show none.</summary>
public sealed class SignedUrlCanaryTests
{
    readonly EverythingHeard heard = new();

    [TestCase("Logging:LogLevel")]
    [TestCase("Logging:" + EverythingHeard.Alias + ":LogLevel")]
    public async Task No_signature_of_a_url_gets_into_logs_or_traces(string levels)
    {
        await using var host = await ApiHost.StartAsync(
            services =>
            {
                services.RemoveAll<ILoggerProvider>();
                services.AddSingleton<ILoggerProvider>(heard);
            },
            ($"{levels}:Default", "Trace"),
            ($"{levels}:Microsoft.AspNetCore", "Trace"));
        using var tenant = await host.AddWorkspaceAsync();
        var upload = await Uploading.BeginAsync(tenant, host.Nobody);
        await upload.PutAsync([1, 2, 3], 0, null);
        var asset = await ReadyAsset.AddAsync(host, tenant, [1, 2, 3]);
        var download = new Uri((await tenant.Raw.GetAsync($"/files/{tenant.Id}/{asset.Id}.mp4")).Header("Location")!);
        var file = await host.Nobody.GetAsync(download.PathAndQuery);
        var signatures = new[] { upload.Url, download }.Select(url => url.Query.Split("signature=")[1]).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(file.Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
            Assert.That(heard.Lines.Any(line => line.Contains(download.AbsolutePath, StringComparison.Ordinal)), Is.True, "requests are told of");
            Assert.That(heard.Lines.Any(line => line.Contains("StatusCode: 302", StringComparison.Ordinal)), Is.True, "and how they were answered");
            Assert.That(heard.Lines.Where(line => signatures.Any(line.Contains)), Is.Empty);
        });
    }

    [TearDown]
    public void Dispose() => heard.Dispose();
}
