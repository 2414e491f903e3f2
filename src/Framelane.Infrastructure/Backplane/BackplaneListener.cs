using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Rotation;

namespace Framelane.Infrastructure.Backplane;

/// <summary>Does what the other processes' hints suggest: looks at the database now and not later.</summary>
sealed class BackplaneListener(DispatchSignal dispatcher, Permits permits)
{
    int heard;

    /// <summary>How many messages so far.</summary>
    internal int Heard => Volatile.Read(ref heard);

    public void Hear(BackplaneMessage message)
    {
        Interlocked.Increment(ref heard);
        if (message is WorkspaceRekeyed rekeyed)
            permits.Rekey(rekeyed.WorkspaceId, rekeyed.Epoch);
        else
            dispatcher.Wake();
    }

    /// <summary>What was said while nobody heard is lost, and how long to sleep has changed.</summary>
    public void ConnectionChanged() => dispatcher.Wake();
}
