namespace Framelane.Api.Conventions.Bodies;

/// <summary>Where in a request a value stands; written out only when there is a fault to tell of.</summary>
sealed class Place
{
    public static readonly Place Body = new(null, "body");

    readonly Place? parent;

    readonly object part;

    Place(Place? parent, object part) => (this.parent, this.part) = (parent, part);

    public Place Field(string name) => new(this, name);

    public Place Index(int index) => new(this, index);

    public IReadOnlyList<object> ToLoc()
    {
        var loc = new List<object>();
        for (var place = this; place is not null; place = place.parent)
            loc.Add(place.part);
        loc.Reverse();
        return loc;
    }
}
