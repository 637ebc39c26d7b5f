namespace Sojourn.Server.Commands.Demo;

/// <summary>An order form in somebody's hands.</summary>
/// <param name="Scene">Who fills it, and where.</param>
/// <param name="Cart">What is ordered.</param>
/// <param name="Id">The checkout's id.</param>
internal sealed record FilledForm(DemoScene Scene, DemoCart Cart, string Id)
{
    private static readonly string[] FarWilayas = ["47 Ghardaïa", "30 Ouargla"];

    /// <summary>True when the parcel leaves Algeria.</summary>
    public bool IsAbroad => Who.Place.Country != "DZ";

    /// <summary>In the cart's currency.</summary>
    public decimal DeliveryFee => IsAbroad ? 24.90m : IsFar ? 1_200m : 600m;

    /// <summary>Until the parcel is there.</summary>
    public int DeliveryDays => IsAbroad ? 14 : IsFar ? 12 : 3;

    /// <summary>What is paid at the end.</summary>
    public decimal Total => Cart.Worth + DeliveryFee;

    /// <summary>The order's id at the shop.</summary>
    public string OrderId => "MA-" + Id[..6].ToUpperInvariant();

    private DemoPerson Who => Scene.Who;

    private bool IsFar => FarWilayas.Contains(Who.Place.Wilaya);

    /// <summary>What a field tells of the customer, or null when it tells nothing.</summary>
    public object? CustomerUpTo(string field) => field switch
    {
        "name" => new { name = Who.Name },
        "phone" => new { phone = Who.Phone, email = Who.Email },
        "wilaya" => new { wilaya = Who.Place.Wilaya },
        "city" => new { city = Who.Place.City },
        "address" => new { address = Who.Street },
        _ => null,
    };

    /// <summary>The order, as events tell it.</summary>
    public object OrderNow() => new
    {
        checkout_id = Id,
        cart_token = Cart.Token,
        order_id = OrderId,
        total = DemoCart.Text(Total),
        currency = Cart.Currency,
        points = 50,
    };
}

/// <summary>A form that was left.</summary>
/// <param name="Form">The form.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
/// <param name="CanBeCalled">True when a phone is known.</param>
internal sealed record LeftForm(FilledForm Form, long AtUs, bool CanBeCalled);
