using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Media;

/// <summary>How large a source may be.</summary>
/// <param name="IsPlans">Whether that is what the workspace's plan has left, and not what the installation takes.</param>
readonly record struct SourceSize(long Bytes, bool IsPlans)
{
    public static SourceSize Of(long largest, long? room) => room < largest ? new(room.Value, true) : new(largest, false);

    public MediaException Fault() => IsPlans ? SourceFaults.OverPlan(Bytes) : SourceFaults.TooLarge(Bytes);
}
