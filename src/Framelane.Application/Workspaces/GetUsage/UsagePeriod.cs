using System.Text.Json.Serialization;

namespace Framelane.Application.Workspaces.GetUsage;

/// <summary>Days up to now.</summary>
public enum UsagePeriod
{
    [JsonStringEnumMemberName("7d")]
    Week,

    [JsonStringEnumMemberName("30d")]
    Month,

    [JsonStringEnumMemberName("90d")]
    Quarter,
}
