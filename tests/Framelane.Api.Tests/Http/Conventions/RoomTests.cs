using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Api.Tests.Http.Conventions;

/// <summary>Below the floor of free space nothing new is taken, and all else goes on.</summary>
public sealed class RoomTests
{
    const string Render = """{"output_format": "png", "width": 16, "height": 16}""";

    [Test]
    public async Task Without_room_new_work_is_unavailable_and_all_else_is_answered()
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Storage:MinFreeBytes", long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var render = await host.First.Raw.PostAsync("/v1/renders", Render);
        var upload = await host.First.Raw.PostAsync("/v1/uploads", """{"content_type": "video/mp4"}""");
        var import = await host.First.Raw.PostAsync("/v1/imports", """{"url": "https://example.com/clip.mp4"}""");
        var preview = await host.First.Raw.PostAsync("/v1/renders/preview", Render);
        Assert.Multiple(() =>
        {
            foreach (var refused in new[] { render, preview, upload, import })
                Assert.That((refused.Status, refused.Code, refused.Header("Retry-After")), Is.EqualTo((503, "unavailable", "30")));
            Assert.That(async () => (await host.First.Raw.PostAsync("/v1/api-keys", """{"name": "CI"}""")).Status, Is.EqualTo(201));
            Assert.That(async () => (await host.First.Raw.GetAsync("/v1/renders")).Status, Is.EqualTo(200));
        });
    }

    [Test]
    public async Task Without_room_an_upload_takes_no_bytes_but_says_how_far_it_is_and_what_was_taken_before_is_answered_again()
    {
        var space = new Room();
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IFreeSpace>(space));
        var upload = await Uploading.BeginAsync(host.First, host.Nobody);
        var first = await host.First.Raw.PostAsync("/v1/renders", Render, ("Idempotency-Key", "a"));
        await upload.PutAsync([1, 2], 0, 3);
        space.IsThere = false;

        var refused = await upload.PutAsync([3], 2, 3);
        var asked = await upload.AskAsync();
        var replay = await host.First.Raw.PostAsync("/v1/renders", Render, ("Idempotency-Key", "a"));
        Assert.Multiple(() =>
        {
            Assert.That((refused.Status, refused.Code), Is.EqualTo((503, "unavailable")));
            Assert.That((asked.Status, asked.Header("Range")), Is.EqualTo((308, "bytes=0-1")));
            Assert.That((replay.Status, (string?)replay.Json["id"]), Is.EqualTo((200, (string?)first.Json["id"])));
        });
    }

    sealed class Room : IFreeSpace
    {
        public bool IsThere { get; set; } = true;

        public bool HasRoom() => IsThere;

        public bool IsRunningOut() => false;
    }
}
