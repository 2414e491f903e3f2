using System.Globalization;
using Framelane.Application.Events;

namespace Framelane.Bench.Load;

static class Bodies
{
    /// <summary>The body of an event, of exactly so many bytes.</summary>
    public static byte[] Make(string eventId, string type, string workspaceId, string jobId, int sequence, DateTimeOffset now, int bytes)
    {
        var bare = Make(0);
        return bare.Length >= bytes ? bare : Make(bytes - bare.Length);

        byte[] Make(int padding) => new EventBody(eventId, type, now, workspaceId, sequence, Job(jobId, padding), NoMetadata).ToUtf8();
    }

    /// <summary>Something like a job, as long as it is wanted.</summary>
    public static object Job(string jobId, int padding) => new
    {
        Id = jobId,
        Kind = "render",
        Status = "processing",
        ProgressPercent = 40,
        Note = string.Create(CultureInfo.InvariantCulture, $"{new string('x', padding)}"),
    };

    static readonly Dictionary<string, string> NoMetadata = [];
}
